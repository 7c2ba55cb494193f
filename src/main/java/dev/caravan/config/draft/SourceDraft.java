package dev.caravan.config.draft;

import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;

/** What fills a field, as written. */
public sealed interface SourceDraft {

    /** A column by name. */
    record Column(Located<String> name) implements SourceDraft {}

    /** One value for all rows. */
    record Constant(Value value, Place place) implements SourceDraft {}

    /** An expression, not yet compiled. */
    record Cel(YamlNode.Scalar text) implements SourceDraft {}
}
