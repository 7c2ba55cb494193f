package dev.caravan.config.draft;

import dev.caravan.config.yaml.Located;
import dev.caravan.config.yaml.YamlNode;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;

/** What fills a field, as written. */
public sealed interface SourceDraft {

    /** A column by name. */
    record Column(Located<String> name) implements SourceDraft {}

    /** One value for all rows. */
    record Constant(Value value, Place place) implements SourceDraft {}

    /** An expression, not yet compiled. */
    record Cel(YamlNode.Scalar text) implements SourceDraft {}
}
