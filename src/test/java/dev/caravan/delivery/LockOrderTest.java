package dev.caravan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows that lock the same record travel together, or one after the other. */
class LockOrderTest {

    private static final long SEED = Long.getLong("caravan.seed", 20_261_123L);

    private static final TargetSchema CONTACT = new TargetSchema(
            "Contact",
            List.of(TargetField.open("AccountId", TargetField.Kind.REFERENCE)),
            List.of(),
            false,
            Optional.empty(),
            List.of(),
            List.of("AccountId", "Account.Ext__c"));

    private static final LockOrder ORDER = new LockOrder(CONTACT, List.of());

    private static PlannedWrite row(long ordinal, Map<String, Value> fields, Map<String, Value> before) {
        return row(ordinal, fields, before, Row.EMPTY, Map.of());
    }

    private static PlannedWrite row(
            long ordinal,
            Map<String, Value> fields,
            Map<String, Value> before,
            Row image,
            Map<String, Value> withheld) {
        return new PlannedWrite(
                ordinal,
                new RowKey("s:" + ordinal),
                Kind.CHANGE,
                Cause.MODEL,
                new Value.Text("k" + ordinal),
                null,
                true,
                fields,
                before,
                image,
                1L,
                withheld,
                Optional.empty());
    }

    private static PlannedWrite of(long ordinal, String account) {
        return row(ordinal, account.isEmpty() ? Map.of() : Map.of("AccountId", new Value.Text(account)), Map.of());
    }

    @Test
    void aRowLocksWhatItIsToReferToOrElseWhatItDoes() {
        Map<String, Value> old = Map.of("Account.Ext__c", new Value.Text("old"));

        assertThat(ORDER.of(row(0, Map.of("Account.Ext__c", new Value.Text(" New ")), old)))
                .hasValue("Account.Ext__c=new");
        assertThat(ORDER.of(row(0, Map.of("Title", new Value.Text("x")), old))).hasValue("Account.Ext__c=old");
        assertThat(ORDER.of(row(0, Map.of("Account.Ext__c", Value.ofNull()), old)))
                .as("the record that it leaves is locked too")
                .hasValue("Account.Ext__c=old");
        assertThat(ORDER.of(row(0, Map.of(), Map.of()))).isEmpty();
    }

    @Test
    void aReferenceThatStaysIsReadFromTheModelsRow() {
        Place place = new Place("m.yaml", 1, 1);
        FieldRule account = new FieldRule(
                "Account.Ext__c",
                new FieldSource.Column("account"),
                Optional.empty(),
                true,
                FieldRule.WhenEmpty.CLEAR,
                false,
                place);
        LockOrder order = new LockOrder(CONTACT, List.of(account));
        Map<String, Value> title = Map.of("Title", new Value.Text("x"));
        Row image = new Row(Map.of("account", new Value.Text("Stays")));

        assertThat(order.of(row(0, title, Map.of(), image, Map.of()))).hasValue("Account.Ext__c=stays");
        assertThat(order.of(row(
                        0,
                        title,
                        Map.of(),
                        image,
                        Map.of("Account.Ext__c", new Value.Text("withheld, so the old one")))))
                .hasValue("Account.Ext__c=withheld, so the old one");
        assertThat(order.of(row(0, title, Map.of(), Row.EMPTY, Map.of())))
                .as("nothing is known of it")
                .isEmpty();
    }

    @Test
    void aFamilyThatIsTooLargeTravelsOneLoadAfterTheOther() {
        List<PlannedWrite> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rows.add(of(i, "big"));
        }
        rows.add(of(7, ""));
        rows.add(of(8, "small"));

        assertThat(ORDER.loads(rows, 3))
                .extracting(load -> load.rows().size() + (load.apart() ? " apart" : ""))
                .containsExactly("3", "3 apart", "3 apart");
    }

    @Test
    void fewLargeFamiliesTravelSideBySide() {
        List<PlannedWrite> rows = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            rows.add(of(i, "r" + i % 5));
        }

        List<LockOrder.Load> loads = ORDER.loads(rows, 200);

        assertThat(loads).hasSize(20);
        assertThat(loads.stream().filter(LockOrder.Load::apart))
                .as("four times five at once")
                .hasSize(3);
    }

    @Test
    void noRowIsLostAndNoTwoLoadsThatMayTravelAtOnceLockTheSame() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            int most = 1 + random.nextInt(20);
            int families = 1 + random.nextInt(30);
            List<PlannedWrite> rows = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                rows.add(of(i, random.nextInt(5) == 0 ? "" : "a" + random.nextInt(families)));
            }

            List<LockOrder.Load> loads = ORDER.loads(rows, most);

            assertThat(loads.stream().flatMap(load -> load.rows().stream()))
                    .as("seed %d round %d", SEED, round)
                    .containsExactlyInAnyOrderElementsOf(rows);
            assertThat(loads)
                    .allMatch(load -> !load.rows().isEmpty() && load.rows().size() <= most);
            Set<String> atOnce = new HashSet<>();
            for (int i = 0; i < loads.size(); i++) {
                if (loads.get(i).apart()) {
                    atOnce.clear();
                }
                Set<String> mine = new HashSet<>();
                loads.get(i).rows().forEach(row -> ORDER.of(row).ifPresent(mine::add));
                assertThat(Collections.disjoint(mine, atOnce))
                        .as("seed %d round %d load %d", SEED, round, i)
                        .isTrue();
                atOnce.addAll(mine);
            }
        }
    }
}
