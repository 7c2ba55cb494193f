package dev.caravan.delivery;

import dev.caravan.mapping.Lookup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a connection's records were found to have, for a while. That there is none is not kept: it may come any moment. Thread-safe.
 */
final class KnownIds {

    private static final int MOST = 100_000;

    /** So long an id may be sent of a record that is another one's by now. */
    private static final Duration LASTS = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final Map<Asked, Known> ids = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Known> eldest) {
            return size() > MOST;
        }
    };

    KnownIds(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Asked(Lookup lookup, String key) {}

    private record Known(String id, long since) {}

    synchronized Optional<String> id(Lookup lookup, String key) {
        @Nullable Known known = ids.get(new Asked(lookup, key));
        return known == null || nanos.getAsLong() - known.since() > LASTS.toNanos()
                ? Optional.empty()
                : Optional.of(known.id());
    }

    synchronized void keep(Lookup lookup, String key, String id) {
        ids.put(new Asked(lookup, key), new Known(id, nanos.getAsLong()));
    }
}
