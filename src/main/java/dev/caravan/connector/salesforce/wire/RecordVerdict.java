package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.plan.PlannedWrite.Kind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an error of one record means for it. */
public final class RecordVerdict {

    private static final Pattern DUPLICATE =
            Pattern.compile("^duplicate value found: (\\w+) duplicates value on record with id: [A-Za-z0-9]{15,18}\\b");

    private RecordVerdict() {}

    /** The outcome of a record that was answered with this error. */
    public static Outcome of(ApiError error, Batch batch, Item item) {
        Action action = batch.action();
        if (ErrorCodes.ROLLED_BACK.contains(error.code())) {
            return new Outcome.Deferred("rolled_back", Optional.empty());
        }
        if (ErrorCodes.noParent(error)) {
            return new Outcome.Deferred(Outcome.Deferred.NO_PARENT, Optional.empty());
        }
        if ((action == Action.DELETE || item.write().kind() == Kind.REMOVE) && ErrorCodes.GONE.contains(error.code())) {
            return new Outcome.Unchanged(item.id());
        }
        boolean taken = isTaken(error, batch.keyField()) || error.code().equals("DUPLICATES_DETECTED");
        if (action == Action.INSERT && item.write().inDoubt() && taken) {
            // Ours, most likely; but nothing here says with whose values (invariant I2).
            return new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN);
        }
        return new Outcome.Rejected(error.code(), error.field(), error.text(), ErrorCodes.ofRecord(error));
    }

    /** Whether a record has this write's key already. Of another unique field such an answer says nothing of ours. */
    private static boolean isTaken(ApiError error, String keyField) {
        Matcher duplicate = DUPLICATE.matcher(error.message());
        return error.code().equals("DUPLICATE_VALUE")
                && duplicate.find()
                && duplicate.group(1).equals(keyField);
    }
}
