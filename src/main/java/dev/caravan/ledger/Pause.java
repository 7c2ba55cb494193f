package dev.caravan.ledger;

import dev.caravan.ledger.Decisions.Decision;
import java.time.temporal.ChronoUnit;

/** A pause that holds: what it stops, and whose word it is. */
public record Pause(Scope scope, Decision decision) {

    /** One line for people, such as {@code everything is paused by ada since 2026-03-04T12:00:00Z: a wrong price list}. */
    public String oneLine() {
        return scope.words() + " is paused by " + decision.who() + " since "
                + decision.at().truncatedTo(ChronoUnit.SECONDS)
                + (decision.why().isEmpty() ? "" : ": " + decision.why());
    }
}
