/**
 * From answers to outcomes: what a reply means for a whole request, and which of its rows were accepted, were so already or were refused.
 * Every row of a request gets exactly one outcome (invariant I20); what an answer does not say, and what it says twice, nobody knows.
 */
@NullMarked
package dev.caravan.connector.declared.answer;

import org.jspecify.annotations.NullMarked;
