package dev.caravan.connector.declared.template;

/** A piece of a text. */
public sealed interface Part {

    /** As it stands. */
    record Literal(String text) implements Part {}

    /** To be filled. */
    record Filled(Hole hole) implements Part {}
}
