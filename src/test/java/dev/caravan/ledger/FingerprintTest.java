package dev.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final Value ONE = new Value.Int(1);
    private static final Value NOTHING = Value.ofNull();

    @Test
    void aRefusalStandsForThisRowAlone() {
        assertThat(List.of(
                        of("s:k", "k", PlannedWrite.Kind.ADD, Map.of("A", ONE)),
                        of("s:k2", "k", PlannedWrite.Kind.ADD, Map.of("A", ONE)),
                        of("s:k", "k2", PlannedWrite.Kind.ADD, Map.of("A", ONE)),
                        of("s:k", "k", PlannedWrite.Kind.CHANGE, Map.of("A", ONE)),
                        of("s:k", "k", PlannedWrite.Kind.ADD, Map.of("A", NOTHING)),
                        of("s:k", "k", PlannedWrite.Kind.ADD, Map.of("A", new Value.Text("1"))),
                        of("s:k", "k", PlannedWrite.Kind.ADD, Map.of("B", ONE)),
                        of("s:k", "k", PlannedWrite.Kind.ADD, Map.of("A", ONE, "B", NOTHING)),
                        of("s:k", "k", PlannedWrite.Kind.ADD, Map.of())))
                .doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfFieldsAndTheRunDoNotMatter() {
        Map<String, Value> forth = new LinkedHashMap<>();
        forth.put("A", ONE);
        forth.put("B", NOTHING);
        Map<String, Value> back = new LinkedHashMap<>();
        back.put("B", NOTHING);
        back.put("A", ONE);
        assertThat(of("s:k", "k", PlannedWrite.Kind.ADD, forth)).isEqualTo(of("s:k", "k", PlannedWrite.Kind.ADD, back));
        assertThat(Deliveries.fingerprint(write(9, "s:k", "k", PlannedWrite.Kind.ADD, forth)))
                .isEqualTo(of("s:k", "k", PlannedWrite.Kind.ADD, forth));
    }

    private static String of(String key, String targetKey, PlannedWrite.Kind kind, Map<String, Value> fields) {
        return Deliveries.fingerprint(write(0, key, targetKey, kind, fields));
    }

    private static PlannedWrite write(
            long ordinal, String key, String targetKey, PlannedWrite.Kind kind, Map<String, Value> fields) {
        return new PlannedWrite(
                ordinal,
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
                Optional.empty());
    }
}
