package dev.caravan.guard;

/** What a guard says of a plan. The detail is for people: figures, never values of rows. */
public sealed interface Verdict {

    /** The guard's stable name, for example {@code max_changed}. */
    String guard();

    /** What it measured against which limit. */
    String detail();

    /** Nothing to object. */
    record Allowed(String guard, String detail) implements Verdict {}

    /** The changes of one field are withheld from the rows concerned; the rows stay candidates. */
    record Dropped(String guard, String field, long rows, String detail) implements Verdict {}

    /** The whole plan waits for approval. */
    record Held(String guard, String detail) implements Verdict {}
}
