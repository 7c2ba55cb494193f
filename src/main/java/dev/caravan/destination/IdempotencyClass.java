package dev.caravan.destination;

/** What a lost answer means for an operation; see docs/invariants.md. Every operation declares one. */
public enum IdempotencyClass {
    /** Keyed upsert or patch: may be sent again. */
    A,
    /** Append that the destination deduplicates: the frozen payload may be sent again. */
    B,
    /** Set membership: may be asserted again. */
    C,
    /** Staged job: never sent again, polled by its id. */
    D,
    /** Append without deduplication: looked up where the destination can tell, else held for a person. */
    E,
    /** Increment: a lost answer could never be told from doing it twice, so that it is refused. */
    F
}
