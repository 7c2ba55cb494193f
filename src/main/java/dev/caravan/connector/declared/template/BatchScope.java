package dev.caravan.connector.declared.template;

import dev.caravan.row.Digest;
import dev.caravan.row.Value;
import java.util.List;
import java.util.Map;

/**
 * The rows of one request. Of a single row {@code row.…} may be asked here too.
 *
 * @param fields the names of all fields that any of its rows has, without the key
 * @param group what the rows have in common; empty where nothing is asked for
 */
public record BatchScope(Known known, List<String> fields, String group, List<RowData> rows) implements Scope {

    public BatchScope {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
    }

    /** What is known without rows. */
    public static BatchScope of(Known known) {
        return new BatchScope(known, List.of(), "", List.of());
    }

    /** The same under a log-in whose answer brought this. */
    public BatchScope under(Map<String, String> login) {
        return new BatchScope(known.under(login), fields, group, rows);
    }

    @Override
    public Datum get(Ref ref) {
        return switch (ref.root()) {
            case SETTINGS, LOGIN, OBJECT, KEY_FIELD, JOB -> known.get(ref);
            case BATCH -> batch(ref.name());
            case ROW, ROW_FIELD, FOUND ->
                rows.size() == 1 ? scope(rows.getFirst()).get(ref) : new Datum.Absent();
            case FIELD, PATHS -> new Datum.Absent();
        };
    }

    private Datum batch(String name) {
        return switch (name) {
            case "fields" -> new Datum.Names(fields);
            case "size" -> new Datum.One(new Value.Int(rows.size()));
            case "group" -> Datum.One.text(group);
            case "dedupe_key" -> Datum.One.text(dedupeKey());
            default -> new Datum.Absent();
        };
    }

    /** Identifies the effect of the request: the same for the same rows in the same order. */
    private String dedupeKey() {
        Digest digest = new Digest();
        rows.forEach(row -> digest.add(row.dedupeKey()));
        return digest.hex();
    }

    @Override
    public List<Scope> each(TreeTemplate.Of of) {
        return switch (of) {
            case ROWS -> rows.stream().<Scope>map(this::scope).toList();
            case BATCH_FIELDS ->
                fields.stream()
                        .<Scope>map(name -> new FieldScope(this, name, new Datum.Absent()))
                        .toList();
            case ROW_FIELDS, ROW_VALUES ->
                rows.size() == 1 ? scope(rows.getFirst()).each(of) : List.of();
        };
    }

    @Override
    public boolean has(String field) {
        return fields.contains(field) || known.key().fields().contains(field);
    }

    /** One of its rows. */
    public Scope scope(RowData row) {
        return new RowScope(this, row);
    }

    @Override
    public int place() {
        return rows.size() == 1 ? rows.getFirst().place() : NO_ROW;
    }
}
