package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads rows of a CSV whose header names fields ({@code LastName}), the record ({@code Id}) or references by external id
 * ({@code Account.Ext__c}, {@code Lead:Who.Email}). An empty cell is ignored, {@code #N/A} is null. An unreadable value breaks its row alone; the text
 * of that error is recorded.
 */
public final class CsvRows {

    private static final String NULL = "#N/A";

    private final Schemas schemas;
    private final SObject object;
    private final List<String> header;

    public CsvRows(Schemas schemas, SObject object, List<String> header) {
        this.schemas = schemas;
        this.object = object;
        this.header = List.copyOf(header);
    }

    /** Column names that mean nothing for the object, in order. */
    public List<String> unknownColumns() {
        List<String> unknown = new ArrayList<>();
        for (String column : header) {
            boolean known = column.indexOf('.') < 0
                    ? object.field(column).isPresent()
                    : target(column).isPresent();
            if (!known) {
                unknown.add(column);
            }
        }
        return unknown;
    }

    /** Reads one row, which must be as long as the header. */
    public Draft read(List<String> cells) {
        int id = indexOfId();
        Draft.Values draft = Draft.Values.of(object, id < 0 ? "" : cells.get(id));
        for (int i = 0; i < cells.size(); i++) {
            if (i == id || cells.get(i).isEmpty()) {
                continue;
            }
            Optional<RowError> problem = cell(draft, i, cells.get(i));
            if (problem.isPresent()) {
                return new Draft.Broken(problem.get());
            }
        }
        return draft;
    }

    private Optional<RowError> cell(Draft.Values draft, int column, String text) {
        String name = header.get(column);
        if (name.indexOf('.') >= 0) {
            return target(name).orElseThrow().link(draft, text);
        }
        Field field = object.get(name);
        if (text.equals(NULL)) {
            draft.values().put(field, null);
            return Optional.empty();
        }
        Optional<Object> value = Texts.parse(field, text);
        value.ifPresent(read -> draft.values().put(field, read));
        return value.isPresent()
                ? Optional.empty()
                : Optional.of(new RowError(
                        "INVALID_FIELD",
                        "Failed to deserialize field at col " + column + ". Due to, '" + text
                                + "' is not a valid value for the type "
                                + field.type().soap(),
                        List.of(field.name())));
    }

    /** What {@code Account.Ext__c} or {@code Lead:Who.Email} leads to. */
    private Optional<JsonRows.Target> target(String column) {
        int colon = column.indexOf(':');
        int dot = column.indexOf('.', colon);
        String type = colon < 0 ? "" : column.substring(0, colon);
        return object.relationship(column.substring(colon + 1, dot))
                .flatMap(reference -> JsonRows.target(schemas, reference, type, column.substring(dot + 1)));
    }

    private int indexOfId() {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase("Id")) {
                return i;
            }
        }
        return -1;
    }
}
