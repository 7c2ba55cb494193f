package dev.caravan.connector.file;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Effect;
import dev.caravan.transport.StoreAnswer.Published;
import dev.caravan.transport.StoreAnswer.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One outcome for every write out of a store's reply. A generation is published whole, so that doubt is of all of them or of none. */
final class StoreVerdicts {

    private StoreVerdicts() {}

    static List<Outcome> of(Batch batch, Reply reply) {
        return switch (reply) {
            case Reply.NotSent not -> all(batch, new Outcome.Deferred(not.reason(), not.notBefore()));
            case Reply.Lost lost -> all(batch, new Outcome.Unknown(lost.reason()));
            case StoreAnswer answer -> of(batch, answer);
            case Reply.Answer foreign -> all(batch, new Outcome.Unknown("malformed"));
        };
    }

    private static List<Outcome> of(Batch batch, StoreAnswer answer) {
        return switch (answer.told()) {
            case Published published
            when published.effects().size() == batch.writes().size() -> each(batch, published.effects());
            case Refused refused -> all(batch, refusal(refused));
            case StoreAnswer.Told beside -> all(batch, new Outcome.Unknown("malformed"));
        };
    }

    /** It concerns the file or the folder, so every row of every batch alike. */
    private static Outcome refusal(Refused refused) {
        ErrorClass errorClass = switch (refused.code()) {
            case PLACE, NAME, OBJECT, COLUMN -> ErrorClass.CONFIG;
            case FULL -> ErrorClass.QUOTA;
        };
        return new Outcome.Rejected(code(refused), null, refused.message(), errorClass);
    }

    static String code(Refused refused) {
        return "file." + refused.code().name().toLowerCase(Locale.ROOT);
    }

    private static List<Outcome> all(Batch batch, Outcome outcome) {
        return batch.writes().stream().map(write -> outcome).toList();
    }

    private static List<Outcome> each(Batch batch, List<Effect> effects) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < effects.size(); i++) {
            outcomes.add(of(batch, batch.writes().get(i), effects.get(i)));
        }
        return outcomes;
    }

    private static Outcome of(Batch batch, Write write, Effect effect) {
        return switch (effect) {
            case CREATED -> new Outcome.Accepted(null, true);
            case CHANGED, DELETED -> new Outcome.Accepted(null, false);
            case REPEATED -> new Outcome.Accepted(null, batch.action() == Action.APPEND);
            case ABSENT ->
                batch.action() == Action.DELETE || write.kind() == PlannedWrite.Kind.REMOVE
                        ? new Outcome.Unchanged(null)
                        : new Outcome.Rejected("NOT_FOUND", batch.keyField(), "no row has this key", ErrorClass.DATA);
            case UNFIT ->
                new Outcome.Rejected("UNFIT", null, "a value does not fit the type of its column", ErrorClass.DATA);
        };
    }
}
