package dev.caravan.sandbox.spec;

import java.util.List;

/**
 * An object a workspace declares: fields added to a standard object, or a custom object ({@code X__c}) with its fields.
 * A custom object has {@code Name} and the system fields without declaring them.
 */
public record ObjectSpec(String name, List<FieldSpec> fields) {

    public ObjectSpec {
        fields = List.copyOf(fields);
    }

    public static ObjectSpec of(String name, FieldSpec... fields) {
        return new ObjectSpec(name, List.of(fields));
    }
}
