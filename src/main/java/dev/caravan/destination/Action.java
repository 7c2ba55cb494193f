package dev.caravan.destination;

/** What a batch asks the destination to do with all its records. */
public enum Action {
    UPSERT,
    INSERT,
    UPDATE,
    DELETE
}
