package dev.caravan.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a mapping in file order, with the version that decides whether two mappings would write the same values.
 *
 * @param definition the fields as stored text, from which {@link FieldSets} makes them again
 * @param version a hash of the definition: 12 lower-case hex digits
 */
public record FieldSet(List<FieldRule> rules, String definition, String version) {

    public FieldSet {
        rules = List.copyOf(rules);
    }

    /** The rule of a field. */
    public Optional<FieldRule> rule(String field) {
        return rules.stream().filter(r -> r.field().equals(field)).findFirst();
    }

    /** The destination fields, in file order. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rules.forEach(rule -> names.add(rule.field()));
        return names;
    }

    /** Every column that any field reads, in first-read order. */
    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        rules.forEach(rule -> columns.addAll(rule.source().columns()));
        return columns;
    }

    /** The columns that triggering fields read. */
    public Set<String> triggeringColumns() {
        Set<String> columns = new LinkedHashSet<>();
        rules.stream()
                .filter(FieldRule::triggers)
                .forEach(rule -> columns.addAll(rule.source().columns()));
        return columns;
    }
}
