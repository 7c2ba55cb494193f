package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import java.util.List;

/**
 * Why a row was refused, in Salesforce's words. The message may quote the value, as the real one does: a client must not
 * log it.
 */
public record RowError(String code, String message, List<String> fields) {

    public RowError {
        fields = List.copyOf(fields);
    }

    static RowError of(String code, String message) {
        return new RowError(code, message, List.of());
    }

    static RowError on(Field field, String code, String message) {
        return new RowError(code, field.label() + ": " + message, List.of(field.name()));
    }
}
