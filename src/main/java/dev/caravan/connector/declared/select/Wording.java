package dev.caravan.connector.declared.select;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a text comes from that an answer gives: out of it, or always the same. */
public sealed interface Wording {

    /** The text at this node, empty where the answer has none. */
    record At(Selector selector) implements Wording {}

    /** This text. */
    record Fixed(String text) implements Wording {}

    /** All texts for this node, where there may be several. */
    default List<String> all(Found found, Map<String, String> variables) {
        return switch (this) {
            case At at -> at.selector().texts(found, variables);
            case Fixed fixed -> List.of(fixed.text());
        };
    }

    /** The text for this node. */
    default Optional<String> of(Found found, Map<String, String> variables) {
        return switch (this) {
            case At at -> at.selector().text(found, variables);
            case Fixed fixed -> Optional.of(fixed.text());
        };
    }
}
