package dev.caravan.config.draft;

import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Located;
import java.util.Optional;

/**
 * A destination as written; what is absent has a problem.
 *
 * @param keyField the field that identifies a record
 * @param keySource what fills it
 */
public record TargetDraft(
        Optional<Located<String>> connection,
        Optional<Located<String>> object,
        Operation operation,
        Optional<Located<String>> keyField,
        Optional<SourceDraft> keySource,
        OnRemoved onRemoved,
        OnUnknown onUnknown,
        boolean adopted,
        Strategy strategy,
        Place place) {}
