package dev.caravan.connector.declared.select;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A node that a selector chose.
 *
 * @param name the name under which it stands in its parent, or its index; empty for the root
 */
public record Found(JsonNode node, String name) {

    /** A whole answer. */
    public static Found root(JsonNode node) {
        return new Found(node, "");
    }
}
