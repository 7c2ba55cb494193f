package dev.caravan.sandbox.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field declared by a workspace, on a standard or custom object. Build it with {@link #builder}, which knows the
 * defaults of each kind.
 *
 * @param name API name; custom fields end in {@code __c}
 * @param label name shown to people, and used in the API's error messages
 * @param length longest text in characters; 0 for kinds that are not text
 * @param precision digits in all; 0 for kinds that are not numbers
 * @param scale digits after the point
 * @param required refused when missing or null on insert
 * @param externalId usable as the key of an upsert
 * @param unique refuses a value that another record has
 * @param caseSensitive whether {@code unique} and key matching tell {@code a} from {@code A}
 * @param values picklist values in order
 * @param restricted refuses other picklist values
 * @param defaultValue given to records that are inserted without the field
 * @param references the object a lookup points to
 */
public record FieldSpec(
        String name,
        String label,
        FieldKind kind,
        int length,
        int precision,
        int scale,
        boolean required,
        boolean externalId,
        boolean unique,
        boolean caseSensitive,
        List<String> values,
        boolean restricted,
        @Nullable String defaultValue,
        @Nullable String references) {

    public FieldSpec {
        values = List.copyOf(values);
    }

    /** Starts a field of this kind with the kind's usual length, precision and scale. */
    public static FieldSpecBuilder builder(String name, FieldKind kind) {
        return new FieldSpecBuilder(name, kind);
    }
}
