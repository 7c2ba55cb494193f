package dev.caravan.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.plan.PlannedWrite.Repeat;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One effect, one key; another effect, another key. */
class DedupeKeyTest {

    private static final MappingId MAPPING = new MappingId("m");

    @Test
    void aRepetitionHasTheKeyOfTheFirst() {
        PlannedWrite first = write(4, "a", 1);
        Repeat repeat = new Repeat(10, 4, Instant.EPOCH);
        assertThat(key(20, first.repeated(0, repeat))).isEqualTo(key(10, first));
        assertThat(key(30, first.repeated(9, repeat))).isEqualTo(key(10, first));
    }

    @Test
    void whateverElseDiffersMakesAnother() {
        PlannedWrite row = write(4, "a", 1);
        Set<String> keys = new HashSet<>(List.of(
                key(10, row),
                key(11, row),
                key(10, write(5, "a", 1)),
                key(10, write(4, "b", 1)),
                key(10, write(4, "a", 2)),
                DedupeKey.of(new MappingId("n"), "org", 10, row),
                DedupeKey.of(MAPPING, "other", 10, row)));
        assertThat(keys).hasSize(7);
    }

    private static String key(long run, PlannedWrite row) {
        return DedupeKey.of(MAPPING, "org", run, row);
    }

    private static PlannedWrite write(long ordinal, String key, long value) {
        return new PlannedWrite(
                ordinal,
                new RowKey("s:" + key),
                Kind.ADD,
                Cause.NEW,
                new Value.Text(key),
                null,
                false,
                Map.of("A", new Value.Int(value)),
                Map.of(),
                Row.EMPTY,
                1L,
                Map.of(),
                Optional.empty());
    }
}
