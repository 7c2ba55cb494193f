package dev.caravan.connector.declared.select;

/** One step of a selector, from a node to nodes below it. A step that finds nothing ends the way without a fault. */
public sealed interface Step {

    /** The member of this name. */
    record Name(String name) implements Step {}

    /** The item at this place, from 0. */
    record Index(int index) implements Step {}

    /** All items of a list, or all members of an object, in their order. */
    record All() implements Step {}

    /** The member whose name is known when asked only: {@code key_field}, {@code object}, {@code object.CAPTURE}. */
    record Variable(String variable) implements Step {}
}
