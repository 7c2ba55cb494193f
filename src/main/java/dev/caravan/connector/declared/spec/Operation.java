package dev.caravan.connector.declared.spec;

/** What may be done with records. */
public enum Operation {
    UPSERT,
    INSERT,
    UPDATE,
    DELETE,
    ARCHIVE,
    /** Put into a set. */
    ADD,
    /** Take out of a set. */
    REMOVE,
    /** Add an event. */
    APPEND
}
