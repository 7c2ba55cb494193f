package dev.caravan.connector.declared.spec;

import dev.caravan.destination.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of record, or several that are spoken to alike.
 *
 * @param operations in the file's order
 * @param keys fields that identify a record together
 * @param lookups how its records are found by their fields, the first that takes a field
 */
public record ObjectSpec(
        List<NamePattern> names,
        String about,
        DescribeSpec describe,
        Map<Action, OperationSpec> operations,
        List<Set<String>> keys,
        List<LookupSpec> lookups) {

    public ObjectSpec {
        names = List.copyOf(names);
        operations = Ordered.copy(operations);
        keys = List.copyOf(keys);
        lookups = List.copyOf(lookups);
    }

    /** How its records are found by a field; empty if they cannot be. */
    public Optional<LookupSpec> lookup(String field) {
        return lookups.stream().filter(lookup -> lookup.takes(field)).findFirst();
    }

    /** This object under a name, if it has it. */
    public Optional<Named> named(String name) {
        return names.stream()
                .flatMap(pattern -> pattern.match(name).stream())
                .findFirst()
                .map(captures -> new Named(this, name, captures));
    }

    /**
     * An object by the name that a mapping gives it.
     *
     * @param captures the parts of the name, by the names of the pattern
     */
    public record Named(ObjectSpec object, String name, Map<String, String> captures) {
        public Named {
            captures = Ordered.copy(captures);
        }
    }
}
