package dev.caravan.config.draft;

import dev.caravan.mapping.Target.OnRekeyed;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Located;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A destination as written; what is absent has a problem.
 *
 * @param key the fields that identify a record, in the order they are written; none if the block has a problem
 */
public record TargetDraft(
        Optional<Located<String>> connection,
        Optional<Located<String>> object,
        Operation operation,
        List<KeyPart> key,
        OnRemoved onRemoved,
        OnUnknown onUnknown,
        OnRekeyed onRekeyed,
        Optional<Duration> resendEvery,
        boolean adopted,
        Strategy strategy,
        Place place) {

    /** A field of the key and what fills it; what is absent has a problem. */
    public record KeyPart(Optional<Located<String>> field, Optional<SourceDraft> source, boolean pii) {}
}
