package dev.caravan.mapping;

import dev.caravan.row.Digest;
import java.util.List;
import java.util.Optional;

/** A destination object as the destination describes it. */
public record TargetSchema(String object, List<TargetField> fields) {

    public TargetSchema {
        fields = List.copyOf(fields);
    }

    /** A hash of the whole description: another one means that the destination changed the object. */
    public String version() {
        Digest digest = new Digest().add(object);
        fields.forEach(field -> digest.add(field.toString()));
        return digest.hex();
    }

    /** The field of this name; destinations that ignore case are asked with the name they use. */
    public Optional<TargetField> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
