package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlAnswer.Refusal;
import java.util.Optional;

/** What refusals mean for rows. */
final class Verdict {

    private static final int CANNOT_BE_NULL = 1048;

    private Verdict() {}

    /** A row that the database refused; nothing of it was applied. */
    static Outcome row(Dialect dialect, Refusal refusal, String key) {
        // We never send an empty key: it is what an upsert makes of a row that another unique key stands against.
        if (refusal.vendor() == CANNOT_BE_NULL && refusal.message().contains("'" + key + "'")) {
            return new Outcome.Rejected(
                    "other_unique_key", key, "another record has one of its unique values", ErrorClass.CONFLICT);
        }
        return certain(dialect, refusal, false);
    }

    /** All rows of a transaction that did not come to its end, or of which nobody knows. */
    static Outcome whole(Dialect dialect, Reply reply) {
        return switch (reply) {
            case Reply.NotSent not -> new Outcome.Deferred(not.reason(), not.notBefore());
            case Reply.Lost lost -> new Outcome.Unknown(lost.reason());
            case SqlAnswer answer ->
                answer.refusal()
                        .map(refusal -> certain(dialect, refusal, true))
                        .orElseGet(() -> new Outcome.Unknown("malformed"));
            case Reply.Answer foreign -> new Outcome.Unknown("malformed");
        };
    }

    private static Outcome certain(Dialect dialect, Refusal refusal, boolean together) {
        ErrorClass errorClass = dialect.errors().of(refusal);
        return switch (errorClass) {
            case TRANSIENT -> new Outcome.Deferred("transient", Optional.empty());
            case QUOTA -> new Outcome.Deferred("quota", Optional.empty());
            case AUTH -> new Outcome.Deferred("auth", Optional.empty());
            case CONFIG -> rejected(refusal, errorClass, false);
            // A constraint that is checked at the commit, for instance: some row's fault, and nobody says whose.
            case DATA, CONFLICT, POLICY -> rejected(refusal, errorClass, together);
        };
    }

    private static Outcome rejected(Refusal refusal, ErrorClass errorClass, boolean together) {
        String column = refusal.column().isEmpty() ? null : refusal.column();
        return new Outcome.Rejected(refusal.toString(), column, refusal.message(), errorClass, together);
    }
}
