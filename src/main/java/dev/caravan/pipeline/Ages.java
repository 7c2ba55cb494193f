package dev.caravan.pipeline;

import dev.caravan.mapping.KindValue;
import dev.caravan.mapping.TargetField;
import dev.caravan.plan.Fit;
import dev.caravan.row.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Whether values fit, with one thing more that only a clock tells: a time may be too old for a field. Platforms that take events refuse a
 * whole request for the sake of an old one.
 *
 * @param now when the plan is made; what waits for approval afterwards grows older, and is then refused by the destination
 */
record Ages(TargetSession target, Instant now) implements Fit {

    private static final String TOO_OLD = "too_old";

    @Override
    public Optional<String> misfit(String field, Value value) {
        return target.misfit(field, value)
                .or(() -> target.verified()
                        .field(field)
                        .filter(described -> tooOld(described, value, now))
                        .map(described -> TOO_OLD));
    }

    /** Whether this value is older than the field allows. A day is sent as its midnight. */
    static boolean tooOld(TargetField field, Value value, Instant now) {
        Instant oldest = now.minusSeconds(field.maxAgeSeconds());
        return field.maxAgeSeconds() > 0
                && switch (KindValue.as(field.kind(), value)) {
                    case Value.ZonedTimestamp at -> at.value().isBefore(oldest);
                    case Value.Date day ->
                        day.value().atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(oldest);
                    case Value other -> false;
                };
    }

    @Override
    public boolean wholes() {
        return target.wholes();
    }

    @Override
    public boolean sameKey(Value one, Value other) {
        return target.sameKey(one, other);
    }

    @Override
    public boolean rekeys() {
        return target.rekeys();
    }
}
