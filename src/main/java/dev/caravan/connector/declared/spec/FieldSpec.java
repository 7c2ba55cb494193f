package dev.caravan.connector.declared.spec;

import dev.caravan.mapping.TargetField;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A field that the connector knows without asking.
 *
 * @param length the most characters; 0 where there is no limit
 * @param key whether it can identify records
 * @param required whether a new record must have it
 * @param ignoreCase whether the destination compares it without regard to case
 * @param values the allowed values of a closed list; empty otherwise
 * @param normalise the named normaliser that the platform wants
 * @param maxAge how old a time in it may be; empty where that does not matter
 */
public record FieldSpec(
        String name,
        TargetField.Kind kind,
        int length,
        boolean key,
        boolean required,
        boolean writable,
        boolean ignoreCase,
        List<String> values,
        Optional<String> normalise,
        Optional<Duration> maxAge) {

    public FieldSpec {
        values = List.copyOf(values);
    }
}
