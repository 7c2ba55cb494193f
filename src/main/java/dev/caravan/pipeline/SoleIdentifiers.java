package dev.caravan.pipeline;

import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.Mapped;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How many rows of the model have an identifier of members that are to be taken out, such as a telephone number: who has it too would go
 * with them. What is asked in one planning is counted over all rows for the next, so that the heap holds a hash of that and no more.
 * One thread.
 */
final class SoleIdentifiers {

    private final RowCounts rows = new RowCounts();
    private final Set<String> fields = new HashSet<>();
    private boolean news;

    /** How many there are, 0 if this was not asked before the last count. */
    long rowsWith(String field, Value value) {
        long asked = hash(field, value);
        news |= rows.ask(asked);
        fields.add(field);
        return rows.of(asked);
    }

    /** Counts, if something was asked since the last time; then there is something to be planned anew. */
    boolean count(SyncRun run) {
        if (!news) {
            return false;
        }
        news = false;
        List<FieldSet> asked = run.mapping().fields().rules().stream()
                .filter(rule -> fields.contains(rule.field()))
                .map(SoleIdentifiers::alone)
                .toList();
        rows.restart();
        run.session().eachRow(row -> asked.forEach(field -> count(field, row)));
        return true;
    }

    /** A row of which another field cannot be made has this one all the same. */
    private static FieldSet alone(FieldRule rule) {
        return new FieldSet(List.of(rule), "", "");
    }

    private void count(FieldSet field, Row row) {
        if (RowMapper.map(field, row) instanceof Mapped.Fields made) {
            made.values().forEach((name, value) -> {
                if (!value.isEmpty()) {
                    rows.add(hash(name, value));
                }
            });
        }
    }

    /** The destination may compare without regard to case: to take two for one only keeps a member too many. FNV-1a, stirred once more. */
    private static long hash(String field, Value value) {
        String text = field + '\n' + value.text().strip().toLowerCase(Locale.ROOT);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
