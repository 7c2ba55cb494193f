package dev.caravan.config.draft;

import dev.caravan.normalise.Normaliser;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import java.util.Optional;

/** What fills a field, as written. */
public sealed interface SourceDraft {

    /** A column by name. */
    record Column(Located<String> name) implements SourceDraft {}

    /** One value for all rows. */
    record Constant(Value value, Place place) implements SourceDraft {}

    /** An expression, not yet compiled. */
    record Cel(YamlNode.Scalar text) implements SourceDraft {}

    /**
     * The id of another record.
     *
     * @param of what fills that record's key
     * @param field of the object that holds it
     * @param place where it is asked for
     */
    record LookedUp(SourceDraft of, String object, String field, Place place) implements SourceDraft {}

    /**
     * Another source, brought into the form of a platform.
     *
     * @param hashed whether it yields hashes already
     * @param country the column that says where a row belongs
     * @param place where the normaliser is asked for
     */
    record Normalising(
            SourceDraft of, Normaliser normaliser, boolean hashed, Optional<Located<String>> country, Place place)
            implements SourceDraft {}
}
