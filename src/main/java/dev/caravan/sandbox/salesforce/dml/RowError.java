package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import java.util.List;

/**
 * Why a row was refused, in Salesforce's words. The message may quote the value, as the real one does: a client must not
 * log it.
 *
 * @param doubles ids of the records that a duplicate rule takes for this one
 */
public record RowError(String code, String message, List<String> fields, List<String> doubles) {

    public RowError {
        fields = List.copyOf(fields);
        doubles = List.copyOf(doubles);
    }

    public RowError(String code, String message, List<String> fields) {
        this(code, message, fields, List.of());
    }

    static RowError of(String code, String message) {
        return new RowError(code, message, List.of());
    }

    static RowError on(Field field, String code, String message) {
        return new RowError(code, field.label() + ": " + message, List.of(field.name()));
    }
}
