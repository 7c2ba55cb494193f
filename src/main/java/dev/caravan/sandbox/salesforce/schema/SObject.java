package dev.caravan.sandbox.salesforce.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One object and its fields. Immutable; slot 0 is always {@code Id}. Names are matched without regard to case, as the API
 * does, and reported as declared.
 */
public final class SObject {

    private final String name;
    private final String label;
    private final String prefix;
    private final int slots;
    private final List<RecordType> recordTypes;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    /**
     * Makes an object.
     *
     * @param prefix the three characters its record ids begin with
     * @param slots length of a record's value array: may exceed the number of fields after one was removed
     */
    SObject(String name, String label, String prefix, int slots, List<Field> fields, List<RecordType> recordTypes) {
        this.recordTypes = List.copyOf(recordTypes);
        this.name = name;
        this.label = label;
        this.prefix = prefix;
        this.slots = slots;
        fields.forEach(field -> this.fields.put(field.name().toLowerCase(Locale.ROOT), field));
    }

    public String name() {
        return name;
    }

    public String label() {
        return label;
    }

    public String prefix() {
        return prefix;
    }

    public int slots() {
        return slots;
    }

    /** Without the master; in the order of declaration. */
    public List<RecordType> recordTypes() {
        return recordTypes;
    }

    public boolean custom() {
        return name.endsWith("__c");
    }

    /** The fields in the order of the describe. */
    public Collection<Field> fields() {
        return fields.values();
    }

    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName.toLowerCase(Locale.ROOT)));
    }

    /** A field the object is known to have, such as {@code SystemModstamp}. */
    public Field get(String fieldName) {
        return field(fieldName)
                .orElseThrow(() -> new IllegalArgumentException("No field " + fieldName + " on " + name));
    }

    /** The reference whose target is reached as {@code relationship}, for example AccountId for Account. */
    public Optional<Field> relationship(String relationship) {
        return fields.values().stream()
                .filter(field -> relationship.equalsIgnoreCase(field.relationship()))
                .findFirst();
    }

    SObject without(String fieldName) {
        List<Field> left = fields.values().stream()
                .filter(field -> !field.name().equalsIgnoreCase(fieldName))
                .toList();
        return new SObject(name, label, prefix, slots, left, recordTypes);
    }

    SObject withLength(String fieldName, int length) {
        List<Field> changed = fields.values().stream()
                .map(field -> field.name().equalsIgnoreCase(fieldName) ? field.withLength(length) : field)
                .toList();
        return new SObject(name, label, prefix, slots, changed, recordTypes);
    }
}
