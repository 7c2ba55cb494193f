package dev.caravan.connector.salesforce.bulk;

import dev.caravan.connector.salesforce.wire.ApiError;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.RecordVerdict;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import java.util.Optional;

/** The three files that together say what became of a finished job's rows. */
enum ResultFile {
    SUCCESSFUL("successfulResults"),
    FAILED("failedResults"),
    UNPROCESSED("unprocessedrecords");

    private final String path;

    ResultFile(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /** What a row of this file says of an item. */
    Outcome outcome(ResultRow row, Batch batch, Item item) {
        return switch (this) {
            case SUCCESSFUL -> accepted(row, batch.action(), item);
            case FAILED -> refused(row.error(), batch, item);
            case UNPROCESSED -> new Outcome.Deferred("unprocessed", Optional.empty());
        };
    }

    private static Outcome accepted(ResultRow row, Action action, Item item) {
        boolean mayCreate = action == Action.UPSERT || action == Action.INSERT;
        return new Outcome.Accepted(row.id().isEmpty() ? item.id() : row.id(), mayCreate && row.created());
    }

    private static Outcome refused(String error, Batch batch, Item item) {
        return ApiError.ofResult(error)
                .map(told -> RecordVerdict.of(told, batch, item))
                .orElseGet(() -> new Outcome.Rejected("UNKNOWN_ERROR", null, error, ErrorClass.POLICY));
    }
}
