package dev.caravan.run;

import org.jspecify.annotations.Nullable;

/**
 * Rows of a run that the destination refused for one reason.
 *
 * @param code the destination's own code
 * @param field the field it names, if it names one
 */
public record Rejection(String code, @Nullable String field, long rows) {}
