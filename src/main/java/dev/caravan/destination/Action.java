package dev.caravan.destination;

/** What a batch asks the destination to do with all its records. */
public enum Action {
    /** Create or update by key. */
    UPSERT,
    INSERT,
    UPDATE,
    DELETE,
    /** Put away, so that the destination can bring it back. */
    ARCHIVE,
    /** Make them members of a list or an audience. */
    ADD,
    /** End their membership. */
    REMOVE,
    /** Add to a stream of events, which keeps all of them. */
    APPEND
}
