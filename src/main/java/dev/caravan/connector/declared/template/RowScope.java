package dev.caravan.connector.declared.template;

import java.util.List;

/** One row of a request. */
record RowScope(BatchScope batch, RowData row) implements Scope {

    @Override
    public Datum get(Ref ref) {
        return switch (ref.root()) {
            case SETTINGS, LOGIN, OBJECT, KEY_FIELD, JOB, BATCH, FIELD, PATHS -> batch.get(ref);
            case ROW -> row.get(ref.name(), batch.known().key());
            case ROW_FIELD -> row.field(ref.name(), batch.known().key());
            case FOUND -> Known.of(row.found(), ref.name());
        };
    }

    @Override
    public List<Scope> each(TreeTemplate.Of of) {
        return switch (of) {
            case ROWS -> List.of(this);
            case BATCH_FIELDS ->
                batch.fields().stream()
                        .<Scope>map(name -> new FieldScope(
                                this, name, row.field(name, batch.known().key())))
                        .toList();
            case ROW_FIELDS ->
                row.fields().entrySet().stream()
                        .<Scope>map(field -> new FieldScope(this, field.getKey(), new Datum.One(field.getValue())))
                        .toList();
            case ROW_VALUES ->
                row.values(batch.known().key()).entrySet().stream()
                        .<Scope>map(field -> new FieldScope(this, field.getKey(), new Datum.One(field.getValue())))
                        .toList();
        };
    }

    @Override
    public boolean has(String field) {
        return batch.has(field);
    }

    @Override
    public int place() {
        return row.place();
    }
}
