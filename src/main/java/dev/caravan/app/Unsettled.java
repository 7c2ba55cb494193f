package dev.caravan.app;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping's runs left open.
 *
 * @param since when the oldest request left whose end nobody knows; empty if there is none, or where the ledger does not keep it any more
 * @param unanswered rows that a run which was cut off had sent and got no answer for; the next run settles them
 * @param heldBy rows that the newest run holds, by the reason; empty where its whole plan waits
 * @param comeBack rows that the newest run took out under what they were known by, for the next one to put in under what they are now
 */
public record Unsettled(Optional<Instant> since, long unanswered, Map<String, Long> heldBy, long comeBack) {

    /** Nothing. */
    public static final Unsettled NOTHING = new Unsettled(Optional.empty(), 0, Map.of(), 0);
}
