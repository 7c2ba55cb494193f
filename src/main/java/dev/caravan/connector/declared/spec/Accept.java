package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.util.Optional;

/**
 * What is known of a row that was accepted.
 *
 * @param id the record's id; empty where the answer does not tell
 * @param created whether it is new; empty for never
 * @param unchanged whether it was so already; empty for never
 */
public record Accept(Optional<Selector> id, Optional<Condition> created, Optional<Condition> unchanged) {}
