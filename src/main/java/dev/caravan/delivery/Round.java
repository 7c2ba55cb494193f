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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One batch and its outcomes, one a write, and what of it is worth another round. Pure.
 *
 * @param number counts from 1
 */
record Round(int number, Batch batch, IdempotencyClass idempotency, List<Outcome> outcomes) {

    /** Reasons to defer that are about the connection, so that every further batch would meet them too. */
    private static final Set<String> CONNECTION =
            Set.of("stopped", "paused", "quota", "login", "auth", "account", "breaker", "refused", "limit", "busy");

    /** Those of them that pass within minutes. */
    private static final Set<String> PASSING = Set.of("breaker", "refused", "limit", "busy");

    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /**
     * A round that answers for every write (invariant I20): what the conversation left out is unknown, and if it said too much, none
     * of it can be told apart. A refusal that passes by itself is deferred: nothing was applied, and it comes back.
     */
    static Round of(int number, Batch batch, IdempotencyClass idempotency, List<Outcome> said) {
        List<Outcome> outcomes = new ArrayList<>();
        int writes = batch.writes().size();
        for (int i = 0; i < writes; i++) {
            boolean answered = said.size() <= writes && i < said.size();
            outcomes.add(answered ? lasting(said.get(i)) : new Outcome.Unknown("unaccounted"));
        }
        return new Round(number, batch, idempotency, List.copyOf(outcomes));
    }

    private static Outcome lasting(Outcome outcome) {
        return outcome instanceof Outcome.Rejected no && no.errorClass() == ErrorClass.TRANSIENT
                ? new Outcome.Deferred(no.code(), Optional.empty())
                : outcome;
    }

    /** The outcomes by plan row. */
    List<RowOutcome> rowOutcomes() {
        List<RowOutcome> rows = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            rows.add(new RowOutcome(batch.writes().get(i).ordinal(), outcomes.get(i)));
        }
        return rows;
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
                (!CONNECTION.contains(later.reason()) || PASSING.contains(later.reason()))
                        && wait(later, now).compareTo(LONGEST_WAIT) <= 0;
            // Once: the request itself was repeated before where its answer was lost. B, D and E are never sent again.
            case Outcome.Unknown unknown ->
                number == 1 && (idempotency == IdempotencyClass.A || idempotency == IdempotencyClass.C);
            case Outcome.Accepted done -> false;
            case Outcome.Unchanged same -> false;
            case Outcome.Rejected no -> false;
        };
    }

    /** How long the destination wants the rows of {@link #again} left alone. */
    Duration wait(Instant now) {
        Duration longest = Duration.ZERO;
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Deferred later && again(later, now)) {
                Duration wait = wait(later, now);
                longest = wait.compareTo(longest) > 0 ? wait : longest;
            }
        }
        return longest;
    }

    private static Duration wait(Outcome.Deferred later, Instant now) {
        return later.notBefore().map(until -> Duration.between(now, until)).orElse(Duration.ZERO);
    }

    /** Why no further batch should be sent, if one of these outcomes says so. */
    Optional<DeliveryReport.Halt> halt() {
        return outcomes.stream().map(Round::halt).flatMap(Optional::stream).findFirst();
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
            case Outcome.Deferred later ->
                CONNECTION.contains(later.reason())
                        ? Optional.of(new DeliveryReport.Halt(later.reason(), ""))
                        : Optional.empty();
            case Outcome.Accepted done -> Optional.empty();
            case Outcome.Unchanged same -> Optional.empty();
            case Outcome.Unknown unknown -> Optional.empty();
        };
    }
}
