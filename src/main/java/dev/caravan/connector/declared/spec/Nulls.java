package dev.caravan.connector.declared.spec;

/** As what a null goes, which clears a field. */
public sealed interface Nulls {

    /** Not at all: the field keeps its value, and the sync that wants it cleared is told so when it is loaded. */
    record Omit() implements Nulls {}

    /** As JSON null; as nothing in a form or CSV cell. */
    record JsonNull() implements Nulls {}

    /** As an empty text. */
    record EmptyText() implements Nulls {}

    /** As this text. */
    record Token(String text) implements Nulls {}

    /** The row is refused. */
    record Refuse() implements Nulls {}
}
