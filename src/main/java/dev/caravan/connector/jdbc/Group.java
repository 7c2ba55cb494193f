package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Column;
import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.connector.jdbc.sql.Text;
import dev.caravan.destination.Batch;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlRequest.Statement;
import dev.caravan.transport.SqlRequest.Wants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes that one statement serves: done in the same form, with the same columns. */
record Group(Form form, List<String> columns, List<Item> items) {

    /** How a row is written. */
    enum Form {
        /** Make it or change it. */
        UPSERT,
        /** Change it if it is there. */
        UPDATE,
        /** Make it, and let it fail if it is there. */
        INSERT,
        DELETE
    }

    private record Shape(Form form, List<String> columns) {}

    /** The items by form and columns, in the order of each shape's first. */
    static List<Group> of(List<Item> items, Function<Item, Form> form) {
        Map<Shape, List<Item>> shapes = new LinkedHashMap<>();
        for (Item item : items) {
            shapes.computeIfAbsent(new Shape(form.apply(item), item.columns()), shape -> new ArrayList<>())
                    .add(item);
        }
        List<Group> groups = new ArrayList<>();
        shapes.forEach((shape, same) -> groups.add(new Group(shape.form, shape.columns, same)));
        return groups;
    }

    /** Whether there is nothing to set: an update of no column. */
    boolean idle() {
        return form == Form.UPDATE && columns.isEmpty();
    }

    /** The statements, of which the last writes. */
    List<Statement> statements(Dialect dialect, TableName table, Batch batch, boolean plain) {
        List<String> key = batch.key().fields();
        List<Column> typed = Column.of(batch.schema(), columns);
        return switch (form) {
            case UPSERT -> {
                List<Statement> statements = new ArrayList<>();
                dialect.beforeUpsert(table, key)
                        .ifPresent(query -> statements.add(new Statement(query, Wants.ROWS, rows(Item::key))));
                String one = dialect.upsert(table, key, typed, plain);
                statements.add(dialect.severalUpserts(table, key, columns)
                        .map(several -> Statement.several(several, rows(Group::keyFirst)))
                        .orElseGet(() -> new Statement(one, dialect.upsertWants(), rows(Group::keyFirst))));
                yield statements;
            }
            case UPDATE ->
                List.of(new Statement(
                        dialect.update(table, key, typed), Wants.COUNT, rows(item -> keyLast(dialect, item))));
            case INSERT ->
                List.of(new Statement(
                        Text.insert(dialect, table, Text.with(key, columns)), Wants.COUNT, rows(Group::keyFirst)));
            case DELETE -> List.of(new Statement(Text.delete(dialect, table, key), Wants.COUNT, rows(Item::key)));
        };
    }

    private List<List<Value>> rows(Function<Item, List<Value>> parameters) {
        return items.stream().map(parameters).toList();
    }

    private static List<Value> keyFirst(Item item) {
        List<Value> row = new ArrayList<>(item.key());
        row.addAll(item.values());
        return row;
    }

    private static List<Value> keyLast(Dialect dialect, Item item) {
        List<Value> row = new ArrayList<>(item.values());
        row.addAll(item.key());
        if (dialect.comparesInUpdate()) {
            row.addAll(item.values());
        }
        return row;
    }
}
