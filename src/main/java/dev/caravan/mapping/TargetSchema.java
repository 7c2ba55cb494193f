package dev.caravan.mapping;

import dev.caravan.row.Digest;
import dev.caravan.row.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A destination object as the destination describes it.
 *
 * @param keys fields that identify a record together and none alone, such as a primary key of several columns
 * @param anyKey whether whatever fields a mapping names as its key identify a record together, since nobody else says what does
 * @param open what a field of any other name holds, where any name goes; empty where only the fields listed are there
 * @param references those of the fields that name another record otherwise than by its id
 * @param lockedBy fields that name a record which is locked while this one is written, those that are locked longest first. Records with
 *     the same one are best not written at the same time
 */
public record TargetSchema(
        String object,
        List<TargetField> fields,
        List<Set<String>> keys,
        boolean anyKey,
        Optional<TargetField.Kind> open,
        List<TargetReference> references,
        List<String> lockedBy) {

    public TargetSchema {
        fields = List.copyOf(fields);
        keys = keys.stream().map(Set::copyOf).toList();
        references = List.copyOf(references);
        lockedBy = List.copyOf(lockedBy);
    }

    /** An object none of whose fields means another record. */
    public TargetSchema(
            String object, List<TargetField> fields, List<Set<String>> keys, Optional<TargetField.Kind> open) {
        this(object, fields, keys, false, open, List.of(), List.of());
    }

    /** An object that takes fields of any name, and is known by those that a mapping says. */
    public static TargetSchema keyedFreely(String object, List<TargetField> fields, TargetField.Kind open) {
        return new TargetSchema(object, fields, List.of(), true, Optional.of(open), List.of(), List.of());
    }

    /** An object with these fields alone. */
    public TargetSchema(String object, List<TargetField> fields) {
        this(object, fields, List.of(), Optional.empty());
    }

    /** An object with these fields and, maybe, any others. */
    public TargetSchema(String object, List<TargetField> fields, Optional<TargetField.Kind> open) {
        this(object, fields, List.of(), open);
    }

    /** A hash of the whole description: another one means that the destination changed the object. */
    public String version() {
        Digest digest = new Digest().add(object);
        fields.forEach(field -> digest.add(field.toString()));
        keys.forEach(key -> digest.add(String.join("+", new TreeSet<>(key))));
        open.ifPresent(kind -> digest.add(kind.name()));
        return digest.hex();
    }

    /** How a field names another record; empty where it holds a value of its own. */
    public Optional<TargetReference> reference(String field) {
        return references.stream()
                .filter(reference -> reference.name().equals(field))
                .findFirst();
    }

    /** What a record with these values locks, as a text that is the same for those that lock the same; empty if it locks nothing. */
    public Optional<String> lockOf(Map<String, Value> values) {
        for (String field : lockedBy) {
            Value value = values.get(field);
            if (value != null && !value.isEmpty()) {
                return Optional.of(field + "=" + value.text().strip().toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    /** Whether these fields identify one record: a field that is a key, or exactly those of a key of several. */
    public boolean identifies(TargetKey key) {
        return key.isComposite()
                ? anyKey || keys.contains(Set.copyOf(key.fields()))
                : field(key.name()).filter(TargetField::key).isPresent();
    }

    /** Whether a second record with the same key would be refused. */
    public boolean unique(TargetKey key) {
        return key.isComposite()
                ? keys.contains(Set.copyOf(key.fields()))
                : field(key.name()).filter(TargetField::unique).isPresent();
    }

    /** Whether any of the key's fields compares text without regard to case. */
    public boolean ignoresCase(TargetKey key) {
        return key.fields().stream()
                .anyMatch(field -> field(field).filter(TargetField::ignoreCase).isPresent());
    }

    /** The field of this name; destinations that ignore case are asked with the name they use. */
    public Optional<TargetField> field(String name) {
        return fields.stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .or(() -> open.map(kind -> TargetField.open(name, kind)));
    }
}
