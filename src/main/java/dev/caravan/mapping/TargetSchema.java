package dev.caravan.mapping;

import java.util.List;
import java.util.Optional;

/** A destination object as the destination describes it. */
public record TargetSchema(String object, List<TargetField> fields) {

    public TargetSchema {
        fields = List.copyOf(fields);
    }

    /** The field of this name; destinations that ignore case are asked with the name they use. */
    public Optional<TargetField> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
