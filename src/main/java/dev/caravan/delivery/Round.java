package dev.caravan.delivery;

import dev.caravan.destination.Batch;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Deliveries.RowOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One batch and its outcomes, one a write, and what of it is worth another round. Pure.
 *
 * @param number counts from 1
 * @param asked until when the destination wants to be left alone
 * @param doubts the rows whose request of an earlier round has no known end, by ordinal
 */
record Round(
        int number,
        Batch batch,
        IdempotencyClass idempotency,
        List<Outcome> outcomes,
        Instant asked,
        Map<Long, Outcome.Unknown> doubts) {

    /** Reasons to defer that are about the connection, so that every further batch would meet them too. */
    private static final Set<String> CONNECTION = Set.of(
            "stopped", "paused", "lease", "ledger", "quota", "login", "auth", "account", "breaker", "refused", "limit",
            "busy");

    /** Those of them that pass within minutes. */
    private static final Set<String> PASSING = Set.of("breaker", "refused", "limit", "busy");

    /** Why rows come back that were refused together and could not be told apart yet. */
    private static final String TOGETHER = "refused_together";

    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /**
     * A round that answers for every write (invariant I20): what the conversation left out is unknown, and if it said too much, none
     * of it can be told apart. A refusal that passes by itself is deferred: nothing was applied, and it comes back.
     */
    static Round of(
            int number,
            Batch batch,
            IdempotencyClass idempotency,
            List<Outcome> said,
            Instant asked,
            Map<Long, Outcome.Unknown> doubts) {
        List<Outcome> outcomes = new ArrayList<>();
        int writes = batch.writes().size();
        for (int i = 0; i < writes; i++) {
            boolean answered = said.size() <= writes && i < said.size();
            outcomes.add(answered ? lasting(said.get(i), writes == 1) : new Outcome.Unknown("unaccounted"));
        }
        return new Round(number, batch, idempotency, List.copyOf(outcomes), asked, Map.copyOf(doubts));
    }

    private static Outcome lasting(Outcome outcome, boolean alone) {
        if (!(outcome instanceof Outcome.Rejected no)) {
            return outcome;
        }
        if (no.together() && !alone) {
            return new Outcome.Deferred(TOGETHER, Optional.empty());
        }
        // The destination's own class: only what is about the row's content proves anything of an earlier request.
        return no.errorClass() == ErrorClass.TRANSIENT ? new Outcome.Deferred(no.code(), Optional.empty()) : no.alone();
    }

    /** The writes that were refused together and must be told apart, in order. */
    List<Write> together() {
        List<Write> together = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Deferred later
                    && later.reason().equals(TOGETHER)) {
                together.add(batch.writes().get(i));
            }
        }
        return together;
    }

    /** The outcomes by plan row, as they are recorded. "Not applied" does not hold of a row that is still in doubt. */
    List<RowOutcome> rowOutcomes() {
        List<RowOutcome> rows = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            long ordinal = batch.writes().get(i).ordinal();
            Outcome.Unknown doubt = outcomes.get(i) instanceof Outcome.Deferred ? doubts.get(ordinal) : null;
            rows.add(new RowOutcome(ordinal, doubt == null ? outcomes.get(i) : doubt));
        }
        return rows;
    }

    /** The rows that the next round takes over in doubt. */
    Map<Long, Outcome.Unknown> inDoubt() {
        Map<Long, Outcome.Unknown> unknown = new HashMap<>();
        for (RowOutcome row : rowOutcomes()) {
            if (row.outcome() instanceof Outcome.Unknown doubt) {
                unknown.put(row.ordinal(), doubt);
            }
        }
        return unknown;
    }

    /** The writes worth sending again now, in order. */
    List<Write> again(Instant now) {
        List<Write> again = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (again(outcomes.get(i), now)) {
                again.add(batch.writes().get(i));
            }
        }
        return again;
    }

    private boolean again(Outcome outcome, Instant now) {
        return switch (outcome) {
            case Outcome.Deferred later ->
                !later.reason().equals(TOGETHER)
                        && !later.reason().equals(Outcome.Deferred.NO_PARENT)
                        && (!CONNECTION.contains(later.reason()) || PASSING.contains(later.reason()))
                        && wait(later, now).compareTo(LONGEST_WAIT) <= 0;
            // Here and not by the request itself, so that each repeat is on record (invariant I8).
            case Outcome.Unknown unknown ->
                repeatable()
                        && !unknown.reason().equals(Outcome.Unknown.KEY_TAKEN)
                        && wait(unknown, now).compareTo(LONGEST_WAIT) <= 0;
            case Outcome.Accepted done -> false;
            case Outcome.Unchanged same -> false;
            case Outcome.Rejected no -> false;
        };
    }

    /** A and C say the same again, B is known by its key; a job is polled, and of the others nobody could tell a second one. */
    private boolean repeatable() {
        return switch (idempotency) {
            case A, B, C -> true;
            case D, E, F -> false;
        };
    }

    /** How long the destination wants the rows of {@link #again} left alone. */
    Duration wait(Instant now) {
        Duration longest = Duration.ZERO;
        for (Outcome outcome : outcomes) {
            if (again(outcome, now)) {
                Duration wait = wait(outcome, now);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        return longest;
    }

    private Duration wait(Outcome outcome, Instant now) {
        Instant told =
                outcome instanceof Outcome.Deferred later ? later.notBefore().orElse(asked) : asked;
        Instant until = told.isAfter(asked) ? told : asked;
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    /**
     * Why no further batch should be sent, if one of these outcomes says so.
     *
     * @param again the rows that are sent once more: theirs are not the last word
     */
    Optional<DeliveryReport.Halt> halt(Set<Long> again) {
        return IntStream.range(0, outcomes.size())
                .filter(i -> !again.contains(batch.writes().get(i).ordinal()))
                .mapToObj(i -> halt(outcomes.get(i)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether a reason why something was not sent is one for sending nothing more. */
    static Optional<DeliveryReport.Halt> halting(String reason) {
        return CONNECTION.contains(reason) ? Optional.of(new DeliveryReport.Halt(reason, "")) : Optional.empty();
    }

    private static Optional<DeliveryReport.Halt> halt(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Rejected no ->
                switch (no.errorClass()) {
                    case CONFIG -> Optional.of(new DeliveryReport.Halt("config", no.code()));
                    case QUOTA -> Optional.of(new DeliveryReport.Halt("quota", no.code()));
                    case AUTH -> Optional.of(new DeliveryReport.Halt("login", no.code()));
                    case DATA, CONFLICT, POLICY, TRANSIENT -> Optional.empty();
                };
            case Outcome.Deferred later -> halting(later.reason());
            case Outcome.Accepted done -> Optional.empty();
            case Outcome.Unchanged same -> Optional.empty();
            case Outcome.Unknown unknown -> Optional.empty();
        };
    }
}
