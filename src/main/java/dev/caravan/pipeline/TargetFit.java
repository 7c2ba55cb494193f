package dev.caravan.pipeline;

import dev.caravan.mapping.KindValue;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetKey;
import dev.caravan.plan.Fit;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What planning asks of the destination of a run. Of values also what only a clock tells: a time may be too old for a field. Platforms that
 * take events refuse a whole request for the sake of an old one.
 *
 * @param identified which rows of the model have the identifiers that are asked about
 * @param now when the plan is made; what waits for approval afterwards grows older, and is then refused by the destination
 */
record TargetFit(TargetSession target, SoleIdentifiers identified, Instant now) implements Fit {

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
    public boolean members() {
        return target.capabilities().isMembership();
    }

    /** Of a mirror alone: what is only added is never taken out. */
    @Override
    public Set<String> identifiers() {
        return target.mapping().target().operation() == Target.Operation.MIRROR
                ? target.capabilities().of(target.saving()).identifiers()
                : Set.of();
    }

    @Override
    public Set<String> soleIdentifiers() {
        return identifiers().stream()
                .filter(field ->
                        target.verified().field(field).filter(TargetField::key).isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public long rowsWith(String field, Value value) {
        return identified.rowsWith(field, value);
    }

    @Override
    public boolean sameKey(Value one, Value other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.equals(other);
        }
        TargetKey key = target.mapping().target().key();
        RowKey.Equality equality = new RowKey.Equality(target.verified().ignoresCase(key), target.trimsKeys());
        return equality.fold(one).equals(equality.fold(other));
    }

    @Override
    public boolean rekeys() {
        return target.rekeys();
    }
}
