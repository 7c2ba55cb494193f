package dev.caravan.plan;

import dev.caravan.row.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the destination's described schema whether a value fits a field. The first question may cost a describe. */
@FunctionalInterface
public interface Fit {

    /** Why the value does not fit, as a stable word; empty if it does. */
    Optional<String> misfit(String field, Value value);

    /** The first of these that does not fit, as the word and the field behind a colon. */
    default Optional<String> misfit(Map<String, Value> fields) {
        return fields.entrySet().stream()
                .flatMap(field ->
                        misfit(field.getKey(), field.getValue()).map(word -> word + ":" + field.getKey()).stream())
                .findFirst();
    }

    /** Whether what is saved takes the place of the record before as a whole, so that a change has to carry its unchanged fields too. */
    default boolean wholes() {
        return false;
    }

    /** Whether the object has members, which others may have added too, instead of records. */
    default boolean members() {
        return false;
    }

    /** The fields, beside the key, by which a member is known: one that gets others has to be taken out under those that it had. */
    default Set<String> identifiers() {
        return Set.of();
    }

    /** Those of them by each of which a member is known without the others. */
    default Set<String> soleIdentifiers() {
        return Set.of();
    }

    /** How many rows of the model have this value in one of those fields. */
    default long rowsWith(String field, Value value) {
        return 0;
    }

    /** Whether the destination takes these two for one key. */
    default boolean sameKey(Value one, Value other) {
        return one.equals(other);
    }

    /** Whether a record can be given another key, by its id. */
    default boolean rekeys() {
        return false;
    }
}
