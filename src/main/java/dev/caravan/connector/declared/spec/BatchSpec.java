package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.template.TextTemplate;
import java.util.Optional;

/**
 * How many rows go together.
 *
 * @param rows the most
 * @param bytes the longest body; 0 where there is no limit
 * @param rowBytes the most that one row may add to a body; 0 where there is no limit
 * @param groupBy a text that all rows of a request must have in common: {@code batch.group}
 * @param distinct a text that no two rows of a request may have in common
 */
public record BatchSpec(
        int rows, long bytes, long rowBytes, Optional<TextTemplate> groupBy, Optional<TextTemplate> distinct) {}
