package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;

/**
 * Asks whether rows are as they should be of which an answer said nothing. Only of memberships, which are the same whoever made them.
 *
 * @param when the answers that tell; after others the rows stay unknown
 * @param rows the records asked about
 * @param match a record's key
 * @param holds what holds of one that is as it should be
 */
public record ConfirmSpec(
        BatchSpec batch, RequestSpec request, Condition when, Selector rows, Selector match, Condition holds) {}
