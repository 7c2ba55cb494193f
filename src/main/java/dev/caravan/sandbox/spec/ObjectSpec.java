package dev.caravan.sandbox.spec;

import java.util.List;

/**
 * An object a workspace declares: fields added to a standard object, or a custom object ({@code X__c}) with its fields.
 * A custom object has {@code Name} and the system fields without declaring them.
 *
 * @param recordTypes developer names; with any of them the object has {@code RecordTypeId}
 */
public record ObjectSpec(String name, List<FieldSpec> fields, List<String> recordTypes) {

    public ObjectSpec {
        fields = List.copyOf(fields);
        recordTypes = List.copyOf(recordTypes);
    }

    /** An object without record types. */
    public ObjectSpec(String name, List<FieldSpec> fields) {
        this(name, fields, List.of());
    }

    /** The same with record types of these developer names, the first of which a new record gets that names none. */
    public ObjectSpec withRecordTypes(String... names) {
        return new ObjectSpec(name, fields, List.of(names));
    }

    public static ObjectSpec of(String name, FieldSpec... fields) {
        return new ObjectSpec(name, List.of(fields));
    }
}
