package dev.caravan.mapping;

import dev.caravan.row.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A destination object as the destination describes it.
 *
 * @param open what a field of any other name holds, where any name goes; empty where only the fields listed are there
 */
public record TargetSchema(String object, List<TargetField> fields, Optional<TargetField.Kind> open) {

    public TargetSchema {
        fields = List.copyOf(fields);
    }

    /** An object with these fields alone. */
    public TargetSchema(String object, List<TargetField> fields) {
        this(object, fields, Optional.empty());
    }

    /** A hash of the whole description: another one means that the destination changed the object. */
    public String version() {
        Digest digest = new Digest().add(object);
        fields.forEach(field -> digest.add(field.toString()));
        open.ifPresent(kind -> digest.add(kind.name()));
        return digest.hex();
    }

    /** The field of this name; destinations that ignore case are asked with the name they use. */
    public Optional<TargetField> field(String name) {
        return fields.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .or(() -> open.map(kind -> TargetField.open(name, kind)));
    }
}
