package dev.caravan.pipeline;

import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.Mapped;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many rows of the model have an identifier of members that are to be taken out, such as a telephone number: who has it too would go
 * with them. What is asked in one planning is counted over all rows for the next, so that the heap holds no more than that. One thread.
 */
final class SoleIdentifiers {

    private record Identifier(String field, String value) {

        /** The destination may compare without regard to case: to take two for one only keeps a member too many. */
        static Identifier of(String field, Value value) {
            return new Identifier(field, value.text().strip().toLowerCase(Locale.ROOT));
        }
    }

    private final Map<Identifier, Long> rows = new HashMap<>();
    private boolean news;

    /** How many there are, 0 if this was not asked before the last count. */
    long rowsWith(String field, Value value) {
        Identifier asked = Identifier.of(field, value);
        news |= !rows.containsKey(asked);
        return rows.computeIfAbsent(asked, none -> 0L);
    }

    /** Counts, if something was asked since the last time; then there is something to be planned anew. */
    boolean count(SyncRun run) {
        if (!news) {
            return false;
        }
        news = false;
        List<FieldSet> fields = run.mapping().fields().rules().stream()
                .filter(rule ->
                        rows.keySet().stream().anyMatch(asked -> asked.field().equals(rule.field())))
                .map(SoleIdentifiers::alone)
                .toList();
        rows.replaceAll((identifier, none) -> 0L);
        run.session().eachRow(row -> fields.forEach(field -> count(field, row)));
        return true;
    }

    /** A row of which another field cannot be made has this one all the same. */
    private static FieldSet alone(FieldRule rule) {
        return new FieldSet(List.of(rule), "", "");
    }

    private void count(FieldSet field, Row row) {
        if (RowMapper.map(field, row) instanceof Mapped.Fields fields) {
            fields.values()
                    .forEach((name, value) -> Optional.of(value)
                            .filter(present -> !present.isEmpty())
                            .ifPresent(present ->
                                    rows.computeIfPresent(Identifier.of(name, present), (same, before) -> before + 1)));
        }
    }
}
