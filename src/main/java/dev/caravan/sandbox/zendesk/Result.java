package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What became of one record: its answer, or why not. */
sealed interface Result {
    /** Stored. */
    record Stored(ObjectNode json, boolean created) implements Result {}

    /** Refused, with the answer that a single request gets. */
    record Refused(String field, String description) implements Result {}
}
