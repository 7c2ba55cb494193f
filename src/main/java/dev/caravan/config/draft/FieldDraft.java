package dev.caravan.config.draft;

import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.yaml.Located;
import java.util.Optional;

/**
 * One destination field as written.
 *
 * @param source absent when it has a problem
 * @param round digits after the point, with the place where they are asked for
 */
public record FieldDraft(
        Located<String> field,
        Optional<SourceDraft> source,
        Optional<Located<Integer>> round,
        boolean triggers,
        WhenEmpty whenEmpty,
        boolean pii) {}
