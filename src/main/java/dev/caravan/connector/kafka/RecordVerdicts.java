package dev.caravan.connector.kafka;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Fates;
import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Stored;
import dev.caravan.transport.PublishAnswer.Unclear;
import dev.caravan.transport.Reply;
import java.util.List;
import java.util.Optional;

/** One outcome for every write out of a stream's reply: each record has a fate of its own. */
final class RecordVerdicts {

    private RecordVerdicts() {}

    static List<Outcome> of(Batch batch, Reply reply) {
        return switch (reply) {
            case Reply.NotSent not -> all(batch, new Outcome.Deferred(not.reason(), not.notBefore()));
            case Reply.Lost lost -> all(batch, new Outcome.Unknown(lost.reason()));
            case PublishAnswer answer
            when answer.told() instanceof Fates fates
                    && fates.fates().size() == batch.writes().size() ->
                fates.fates().stream().map(fate -> of(batch, fate)).toList();
            case Reply.Answer other -> all(batch, new Outcome.Unknown("malformed"));
        };
    }

    private static List<Outcome> all(Batch batch, Outcome outcome) {
        return batch.writes().stream().map(write -> outcome).toList();
    }

    private static Outcome of(Batch batch, Fate fate) {
        return switch (fate) {
            // Whether a key was there before, a topic does not tell; an event is always new.
            case Stored stored -> new Outcome.Accepted(null, batch.action() == Action.APPEND);
            case Later later -> new Outcome.Deferred(later.reason(), Optional.empty());
            case Unclear unclear -> new Outcome.Unknown(unclear.reason());
            case Refused refused ->
                switch (refused.reason()) {
                    case RECORD ->
                        new Outcome.Rejected(
                                refused.code(), null, "the brokers do not take this record", ErrorClass.DATA);
                    case TOPIC ->
                        new Outcome.Rejected(
                                refused.code(),
                                null,
                                "the topic is not there, or is not one for such records",
                                ErrorClass.CONFIG);
                    case RIGHTS ->
                        new Outcome.Rejected(
                                refused.code(), null, "the user may not write to the topic", ErrorClass.CONFIG);
                };
        };
    }
}
