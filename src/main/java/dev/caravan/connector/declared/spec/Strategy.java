package dev.caravan.connector.declared.spec;

import java.util.List;
import java.util.Optional;

/** How rows travel. */
public sealed interface Strategy {

    /** How many go together, and as what a null goes. */
    BatchSpec batch();

    /** As what a null goes. */
    Nulls nulls();

    /**
     * One request answers for its rows.
     *
     * @param answers the first whose condition holds; where none does the error rules decide
     * @param remedy what helps against a refusal; only where each request has one row
     * @param confirm what is asked about memberships of which an answer says nothing
     */
    record Batch(
            BatchSpec batch,
            Nulls nulls,
            RequestSpec request,
            List<AnswerRule> answers,
            Optional<RemedySpec> remedy,
            Optional<ConfirmSpec> confirm)
            implements Strategy {
        public Batch {
            answers = List.copyOf(answers);
        }

        /** The same, with nothing to help it. */
        public Batch plain() {
            return new Batch(batch, nulls, request, answers, Optional.empty(), confirm);
        }
    }

    /**
     * A search, then a write, for an API without an upsert. Another writer may come between the two.
     *
     * @param batch for the search
     * @param found what follows for a row whose record is there
     * @param absent what follows for one whose record is not; several records with its key are always a conflict
     */
    record Match(BatchSpec batch, FindSpec find, Next found, Next absent) implements Strategy {
        @Override
        public Nulls nulls() {
            return new Nulls.JsonNull();
        }
    }

    /** A staged job: created, filled, closed, polled, its results read. */
    record Job(BatchSpec batch, Nulls nulls, JobSpec job) implements Strategy {}

    /** What follows a search. */
    sealed interface Next {

        /** This request, whose templates know {@code found.id} and {@code row.id}. Its rows and nulls are its own. */
        record Do(String name, Batch how) implements Next {}

        /** The row is refused with this code. */
        record Refuse(ErrorClass errorClass, String code) implements Next {}

        /** Nothing is to be done. */
        record Unchanged() implements Next {}
    }
}
