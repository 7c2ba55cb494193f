package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.plan.PlannedWrite.Kind;
import java.util.Optional;

/** What an error of one record means for it. */
public final class RecordVerdict {

    private RecordVerdict() {}

    /** The outcome of a record that was answered with this error. */
    public static Outcome of(ApiError error, Action action, Item item) {
        if (ErrorCodes.ROLLED_BACK.contains(error.code())) {
            return new Outcome.Deferred("rolled_back", Optional.empty());
        }
        if ((action == Action.DELETE || item.write().kind() == Kind.REMOVE) && ErrorCodes.GONE.contains(error.code())) {
            return new Outcome.Unchanged(item.id());
        }
        return new Outcome.Rejected(error.code(), error.field(), error.message(), ErrorCodes.ofRecord(error));
    }
}
