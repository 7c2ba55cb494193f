package dev.caravan.sandbox.salesforce.schema;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of an object.
 *
 * @param slot its place in a record's value array, fixed for the life of the sandbox
 * @param size length, digits, precision and scale
 * @param values picklist values in order
 * @param references objects a reference may point to
 * @param relationship name under which a reference's target is reached, or null
 * @param compound the compound field this one is part of, or null
 * @param initial value of a record inserted without the field, or null
 */
public record Field(
        int slot,
        String name,
        String label,
        FieldType type,
        Size size,
        Set<Trait> traits,
        List<Choice> values,
        List<String> references,
        @Nullable String relationship,
        @Nullable String compound,
        @Nullable String initial) {

    public Field {
        traits = Set.copyOf(traits);
        values = List.copyOf(values);
        references = List.copyOf(references);
    }

    /** A picklist value as stored, and as people see it. */
    public record Choice(String value, String label) {}

    // Fields are keys of every row that is read; hashing all components would cost more than the row.
    @Override
    public int hashCode() {
        return slot;
    }

    /** Sizes in the describe's terms; 0 where a type has none. {@code digits} is used by int fields only. */
    public record Size(int length, int precision, int scale, int digits) {
        static final Size NONE = new Size(0, 0, 0, 0);
    }

    /** What may be done with a field; the words are those of the schema tables. */
    public enum Trait {
        CREATE,
        UPDATE,
        NULLABLE,
        /** The server gives a value when an insert has none. */
        DEFAULTED,
        /** Usable as the key of an upsert without being an external id. */
        LOOKUP,
        EXTERNAL_ID,
        UNIQUE,
        CASE_SENSITIVE,
        RESTRICTED,
        NAME,
        /** The default is shown in the describe. */
        SHOWN_DEFAULT
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    public boolean custom() {
        return name.endsWith("__c");
    }

    /** Whether a picklist offers the value. */
    public boolean offers(String value) {
        return values.stream().anyMatch(choice -> choice.value().equals(value));
    }

    /** Whether an insert without it is refused. */
    public boolean required() {
        return is(Trait.CREATE) && !is(Trait.NULLABLE) && !is(Trait.DEFAULTED);
    }

    /** Whether records can be found by it quickly, and upserted by it. */
    public boolean key() {
        return is(Trait.EXTERNAL_ID) || is(Trait.LOOKUP);
    }

    /** Whether the store keeps an index on it. */
    public boolean indexed() {
        return slot > 0 && (key() || is(Trait.UNIQUE));
    }

    /** The same field with another longest text, as when an administrator shortens it. */
    Field withLength(int length) {
        Size shorter = new Size(length, size.precision(), size.scale(), size.digits());
        return new Field(slot, name, label, type, shorter, traits, values, references, relationship, compound, initial);
    }
}
