package dev.caravan.sandbox.salesforce.dml;

import java.util.List;

/**
 * What became of one row.
 *
 * @param id the record's id; empty when the row was refused
 * @param created whether the record is new. May be true of a refused row: one that was created and then rolled back with
 *     its request
 */
public record RowResult(String id, boolean created, List<RowError> errors) {

    public RowResult {
        errors = List.copyOf(errors);
    }

    public boolean success() {
        return errors.isEmpty();
    }

    static RowResult done(String id, boolean created) {
        return new RowResult(id, created, List.of());
    }

    static RowResult refused(RowError... errors) {
        return new RowResult("", false, List.of(errors));
    }
}
