package dev.caravan.sandbox.vendor;

import dev.caravan.sandbox.ledger.Ledger;
import dev.caravan.sandbox.ledger.WriteEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/**
 * What a vendor stands on.
 *
 * @param clock the sandbox's own time
 * @param ledger where it notes what it applied
 * @param seed of whatever it shuffles, so that a run can be repeated
 */
public record Ground(InstantSource clock, Ledger ledger, long seed) {

    public Instant now() {
        return clock.instant();
    }

    /** Notes one applied write. */
    public void wrote(Place place, String key, String operation, Collection<String> fields) {
        WriteEntry.Author author = WriteEntry.Author.of(place.request());
        ledger.append(List.of(new WriteEntry(
                0, now(), place.api(), place.object(), place.id(), key, operation, List.copyOf(fields), author)));
    }

    /** Which record a request wrote. */
    public record Place(String api, String object, String id, long request) {}
}
