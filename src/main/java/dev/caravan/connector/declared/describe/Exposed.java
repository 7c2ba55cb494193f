package dev.caravan.connector.declared.describe;

import dev.caravan.connector.declared.spec.DescribeSpec;

/** Which fields would carry personal data to where everything goes as it is. */
public final class Exposed {

    private Exposed() {}

    /** Whether a field is none of those that the connector names, and must not be sent in the open beside them. */
    public static boolean is(DescribeSpec about, String field, boolean pii) {
        return about instanceof DescribeSpec.Known known
                && known.personal().isPresent()
                && known.fields().stream().noneMatch(one -> one.name().equals(field))
                && (pii || known.personal().get().matches(field));
    }
}
