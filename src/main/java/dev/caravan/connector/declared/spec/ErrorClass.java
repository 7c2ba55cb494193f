package dev.caravan.connector.declared.spec;

/** What a refusal means, of a request or of a row. */
public enum ErrorClass {
    /** The row's values, until they change. */
    DATA,
    /** Another record stands against it. */
    CONFLICT,
    /** A rule of the destination. */
    POLICY,
    /** The mapping or the permissions: every row will fail alike. */
    CONFIG,
    /** Certainly not applied; comes back by itself. */
    TRANSIENT,
    /** Too many requests; certainly not applied. */
    RATE,
    /** The allowance is gone; certainly not applied. */
    QUOTA,
    /** Not let in; certainly not applied. */
    AUTH,
    /** It may have been applied. */
    UNKNOWN,
    /** It is so already. */
    UNCHANGED;

    /** Whether it refuses a row for what it holds. */
    public boolean ofRow() {
        return this == DATA || this == CONFLICT || this == POLICY;
    }
}
