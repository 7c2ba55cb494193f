package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row as read from a request: either values that have their fields' types, or the reason it cannot be used. */
public sealed interface Draft {

    /**
     * A readable row.
     *
     * @param id the record id given with it, as written; empty when none was
     * @param values by field in the order sent; null clears the field
     * @param links references given by the target's external id
     */
    record Values(SObject object, String id, Map<Field, @Nullable Object> values, List<Link> links) implements Draft {

        /** An empty row to be filled. */
        static Values of(SObject object, String id) {
            return new Values(object, id, new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    /** A reference to whichever record of {@code target} has this value in its {@code key}. */
    record Link(Field reference, SObject target, Field key, Object value) {}

    /** A row that could not be read. */
    record Broken(RowError error) implements Draft {}
}
