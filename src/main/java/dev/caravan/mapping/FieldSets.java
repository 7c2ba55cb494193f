package dev.caravan.mapping;

/** Makes field sets again from their stored definitions, to evaluate an older mapping over an image. */
@FunctionalInterface
public interface FieldSets {

    /** The fields of a definition that a {@link FieldSet} carried; {@code RunFailure} if it cannot be read. */
    FieldSet parse(String definition);
}
