package dev.caravan.plan;

import static dev.caravan.plan.Given.mapped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.row.AnyValue;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Seed;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanHashTest {

    private static final Plan.Base BASE = new Plan.Base("v1", "org/Lead/Id__c", 7);

    private final PlannedWrite row = write("s:k", "k", PlannedWrite.Kind.CHANGE, mapped("A", 1, "B", "x"), "");

    @Test
    void itIsAHashOfWhatWouldBeWrittenAndOnWhatItStands() {
        assertThat(List.of(
                        hash(BASE, row),
                        hash(new Plan.Base("v2", BASE.target(), 7), row),
                        hash(new Plan.Base("v1", "other/Lead/Id__c", 7), row),
                        hash(new Plan.Base("v1", BASE.target(), 8), row),
                        hash(BASE),
                        hash(BASE, row, row),
                        hash(BASE, write("s:k2", "k", PlannedWrite.Kind.CHANGE, row.fields(), "")),
                        hash(BASE, write("s:k", "k2", PlannedWrite.Kind.CHANGE, row.fields(), "")),
                        hash(BASE, write("s:k", "k", PlannedWrite.Kind.ADD, row.fields(), "")),
                        hash(BASE, write("s:k", "k", PlannedWrite.Kind.CHANGE, row.fields(), "max_cleared")),
                        hash(BASE, write("s:k", "k", PlannedWrite.Kind.CHANGE, mapped("A", 1, "B", "y"), "")),
                        hash(BASE, write("s:k", "k", PlannedWrite.Kind.CHANGE, mapped("A", "1", "B", "x"), "")),
                        hash(BASE, write("s:k", "k", PlannedWrite.Kind.CHANGE, mapped("A", 1, "C", "x"), "")),
                        hash(BASE, write("s:k", "k", PlannedWrite.Kind.CHANGE, mapped("A", 1), ""))))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(new PlanHash("other", BASE).hex()).isNotEqualTo(hash(BASE));
    }

    @Test
    void itDoesNotDependOnFieldOrderNorOnWhatIsOnlyRemembered() {
        PlannedWrite same = new PlannedWrite(
                5,
                row.key(),
                row.kind(),
                Cause.EDIT,
                row.targetKey(),
                "001",
                true,
                mapped("B", "x", "A", 1),
                mapped("A", 9),
                Given.row("a", 1),
                3L,
                mapped("C", 1),
                row.held());
        assertThat(hash(BASE, same)).isEqualTo(hash(BASE, row));
    }

    @Test
    void noTwoPlansShareAHash() {
        Random random = Seed.random();
        Map<String, List<String>> seen = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            List<PlannedWrite> rows = rows(random);
            List<String> written = rows.stream().map(PlanHashTest::said).toList();
            List<String> earlier = seen.putIfAbsent(hash(BASE, rows.toArray(PlannedWrite[]::new)), written);
            assertThat(earlier == null || earlier.equals(written))
                    .as(Seed.text(i))
                    .isTrue();
        }
        assertThat(seen.size()).isGreaterThan(1_000);
    }

    private static String said(PlannedWrite row) {
        return row.key() + " " + row.kind() + " " + new HashMap<>(row.fields());
    }

    private static List<PlannedWrite> rows(Random random) {
        List<PlannedWrite> rows = new ArrayList<>();
        for (int count = random.nextInt(3); count > 0; count--) {
            Map<String, Value> fields = new LinkedHashMap<>();
            for (int many = random.nextInt(3); many > 0; many--) {
                fields.put("F" + random.nextInt(2), AnyValue.of(random));
            }
            rows.add(write("s:" + random.nextInt(2), "k", PlannedWrite.Kind.CHANGE, fields, ""));
        }
        return rows;
    }

    private static String hash(Plan.Base base, PlannedWrite... rows) {
        PlanHash hash = new PlanHash("m", base);
        for (PlannedWrite row : rows) {
            hash.add(row);
        }
        return hash.hex();
    }

    private static PlannedWrite write(
            String key, String targetKey, PlannedWrite.Kind kind, Map<String, Value> fields, String held) {
        return new PlannedWrite(
                0,
                new RowKey(key),
                kind,
                Cause.MODEL,
                new Value.Text(targetKey),
                null,
                false,
                fields,
                Map.of(),
                Row.EMPTY,
                1L,
                Map.of(),
                held.isEmpty() ? Optional.empty() : Optional.of(held));
    }
}
