package dev.caravan.connector.declared.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.DescribeSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What answers tell of an object.
 *
 * @param keys the fields that identify a record, alone or together
 */
record Told(List<TargetField> fields, List<Set<String>> keys) {

    static final Told NOTHING = new Told(List.of(), List.of());

    Told {
        fields = List.copyOf(fields);
        keys = List.copyOf(keys);
    }

    /** What one answer tells; empty if it cannot be read. */
    static Optional<Told> read(DescribeSpec.Asked asked, Subject answer) {
        List<TargetField> fields = new ArrayList<>();
        for (Found node : asked.fields().all(answer.found(), answer.variables())) {
            Optional<TargetField> field = Fields.read(asked, answer.at(node));
            if (field.isEmpty()) {
                return Optional.empty();
            }
            fields.add(field.get());
        }
        return keys(asked, answer).map(keys -> new Told(fields, keys));
    }

    private static Optional<List<Set<String>>> keys(DescribeSpec.Asked asked, Subject answer) {
        List<Set<String>> keys = new ArrayList<>();
        if (asked.keys().isPresent()) {
            for (Found list : asked.keys().get().all(answer.found(), answer.variables())) {
                Set<String> names = new LinkedHashSet<>();
                for (JsonNode name : list.node()) {
                    names.add(name.isTextual() ? name.textValue() : "");
                }
                if (names.isEmpty() || names.contains("")) {
                    return Optional.empty();
                }
                keys.add(names);
            }
        }
        return Optional.of(keys);
    }

    /** This and what a further answer tells. */
    Told and(Told more) {
        List<TargetField> fields = new ArrayList<>(this.fields);
        fields.addAll(more.fields);
        List<Set<String>> keys = new ArrayList<>(this.keys);
        keys.addAll(more.keys);
        return new Told(fields, keys);
    }

    /** The object, with what its connector knows beside this. */
    TargetSchema schema(DescribeSpec.Asked asked, ObjectSpec.Named named) {
        List<TargetField> all = new ArrayList<>();
        asked.also().forEach(also -> all.add(Fields.of(also)));
        fields.stream()
                .filter(field ->
                        asked.also().stream().noneMatch(also -> also.name().equals(field.name())))
                .map(field -> keys.contains(Set.of(field.name())) ? Fields.keyed(field) : field)
                .forEach(all::add);
        List<Set<String>> together = new ArrayList<>(named.object().keys());
        keys.stream().filter(key -> key.size() > 1).forEach(together::add);
        return new TargetSchema(named.name(), all, together, Optional.empty());
    }
}
