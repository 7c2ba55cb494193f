package dev.caravan.connector.salesforce.wire;

import dev.caravan.mapping.KindValue;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;

/** Values as Salesforce understands them. */
public final class Reading {

    private static final Value EMPTY = new Value.Text("");

    private Reading() {}

    /** Whether the value clears a field: null, or the empty text that Salesforce does not store. */
    public static boolean absent(Value value) {
        return value.isNull() || value.equals(EMPTY);
    }

    /** See {@link KindValue#as}. */
    public static Value as(Kind kind, Value value) {
        return KindValue.as(kind, value);
    }
}
