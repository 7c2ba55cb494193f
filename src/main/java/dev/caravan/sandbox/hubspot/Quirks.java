package dev.caravan.sandbox.hubspot;

import dev.caravan.sandbox.vendor.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The traps of batches, repeatable by seed and count. Used under the one lock. */
final class Quirks {

    private final Settings settings;
    private final long seed;
    private Random random;
    private int writes;

    Quirks(Settings settings, long seed) {
        this.settings =
                settings.trap("reorder", true).number("silent_every", 25).trap("traces", true);
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Whether this write is the one of so many that is answered well and not done. */
    boolean silent() {
        writes++;
        int every = settings.get("silent_every");
        return every > 0 && writes % every == 0;
    }

    /** Whether trace ids are heeded and repeated; nothing recorded has them. */
    boolean traces() {
        return settings.on("traces");
    }

    /** The same in another order, if there is more than one. */
    <T> List<T> disordered(List<T> results) {
        List<T> other = new ArrayList<>(results);
        if (settings.on("reorder")) {
            Collections.shuffle(other, random);
            if (other.equals(results)) {
                Collections.reverse(other);
            }
        }
        return other;
    }

    void reset() {
        random = new Random(seed);
        writes = 0;
    }
}
