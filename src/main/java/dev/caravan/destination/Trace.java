package dev.caravan.destination;

import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.List;

/**
 * What a destination that was asked says of an insert of which nobody knows whether it was applied. Only asked when such a request cannot
 * take effect any more (invariant I8), so that what is not there stays away.
 */
public sealed interface Trace {

    /** It was applied: this record is there, it is the only one with the key, and we made it with these values. */
    record Arrived(String remoteId) implements Trace {}

    /** It was not: no record has the key, and if one had we would see it. */
    record Absent() implements Trace {}

    /**
     * Neither is certain, so that a person has to look.
     *
     * @param reason a stable word such as {@code found_several}, why the row is held
     */
    record Unsure(String reason) implements Trace {}

    /**
     * What is asked.
     *
     * @param batch the inserts, as they were sent
     * @param begun for each of them when its first intent was written, by our clock: it cannot have been applied before
     * @param login the answer to the log-in under which is asked
     */
    record Question(Batch batch, List<Instant> begun, Reply.Answer login) {

        public Question {
            begun = List.copyOf(begun);
            if (begun.size() != batch.writes().size()) {
                throw new IllegalArgumentException("every insert began at some time");
            }
        }

        /** The same answer for all of them. */
        public List<Trace> all(Trace trace) {
            return batch.writes().stream().map(write -> trace).toList();
        }
    }
}
