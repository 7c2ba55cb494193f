package dev.caravan.sandbox.salesforce.schema;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A record type of an object; its id differs from organisation to organisation.
 *
 * @param developerName the same everywhere
 */
public record RecordType(String id, String developerName) {

    /** Every object has it, under this id, and no record names it. */
    public static final RecordType MASTER = new RecordType("012000000000000AAA", "Master");

    /** The type of this number in an organisation. */
    static RecordType of(String developerName, int number) {
        // One capital in the first five, none in the others: so the last three characters are always these.
        return new RecordType("012Sb%010dIAA".formatted(number), developerName);
    }

    /** Whether a record may have it, its id written with 15 or 18 characters. */
    public boolean isNamed(String otherId) {
        return otherId.length() >= 15 && id.startsWith(otherId);
    }

    /** The field by which a record names it. */
    static Field field(int slot) {
        Set<Field.Trait> traits = EnumSet.of(Field.Trait.CREATE, Field.Trait.UPDATE, Field.Trait.NULLABLE);
        return new Field(
                slot,
                "RecordTypeId",
                "Record Type ID",
                FieldType.REFERENCE,
                new Field.Size(18, 0, 0, 0),
                traits,
                List.of(),
                List.of("RecordType"),
                "RecordType",
                null,
                null);
    }
}
