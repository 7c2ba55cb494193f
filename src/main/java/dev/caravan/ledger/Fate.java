package dev.caravan.ledger;

import dev.caravan.ledger.Decisions.Decision;
import java.util.Optional;

/**
 * What became of a plan that was held.
 *
 * @param decision whose word it was; empty where nobody decided
 * @param run the run that took its rows over, if it was approved and its base had not moved
 */
public record Fate(End end, Optional<Decision> decision, Optional<Long> run) {

    /** How waiting ended. */
    public enum End {
        APPROVED,
        REJECTED,
        EXPIRED,
        /** A later plan took its place, or the mapping was reset. */
        SUPERSEDED
    }
}
