package dev.caravan.config.check;

import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import java.util.Optional;

/** Tells a model's columns, from the engine or from what it said last time. */
@FunctionalInterface
public interface SchemaLookup {

    /** Knows none. */
    SchemaLookup NONE = model -> Optional.empty();

    /**
     * The model's columns, declarations applied; empty when they are not known. May throw {@code InvalidInput} when the model
     * itself is at fault (its problems become the file's, at the model where they have no place), and
     * {@code EnvironmentFailure} when its connection cannot be reached (which becomes a note).
     */
    Optional<ModelSchema> columns(Model model);
}
