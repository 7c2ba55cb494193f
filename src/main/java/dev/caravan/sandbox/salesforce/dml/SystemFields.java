package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values the server gives a record by itself: defaults, owners, times and composed names. */
final class SystemFields {

    private SystemFields() {}

    /** Fills a new record before what the client sent is laid over it. */
    static void onInsert(SObject object, @Nullable Object[] values, Batch batch) {
        for (Field field : object.fields()) {
            String initial = field.initial();
            if (initial != null) {
                values[field.slot()] = Texts.parse(field, initial).orElse(null);
            }
        }
        set(object, values, "OwnerId", batch.author().user());
        object.recordTypes().stream().findFirst().ifPresent(type -> set(object, values, "RecordTypeId", type.id()));
        set(object, values, "CreatedById", batch.author().user());
        set(object, values, "CreatedDate", batch.at());
        set(object, values, "PhotoUrl", "/services/images/photo/" + values[0]);
    }

    /** Marks a record as changed now; every write does, also one that changes nothing. */
    static void onUpdate(SObject object, @Nullable Object[] values, Batch batch) {
        set(object, values, "LastModifiedById", batch.author().user());
        set(object, values, "LastModifiedDate", batch.at());
        set(object, values, "SystemModstamp", batch.at());
        object.field("Name").ifPresent(name -> values[name.slot()] = name(object, name, values));
    }

    private static @Nullable Object name(SObject object, Field name, @Nullable Object[] values) {
        Object last =
                object.field("LastName").map(field -> values[field.slot()]).orElse(null);
        if (last == null) {
            return values[name.slot()] == null && object.custom() ? values[0] : values[name.slot()];
        }
        Object first =
                object.field("FirstName").map(field -> values[field.slot()]).orElse(null);
        return (Objects.toString(first, "") + " " + last).strip();
    }

    private static void set(SObject object, @Nullable Object[] values, String name, Object value) {
        object.field(name).ifPresent(field -> values[field.slot()] = value);
    }
}
