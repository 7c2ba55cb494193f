package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.util.Optional;

/**
 * A request that puts right what another was refused for, such as bringing back a record that was put away. Tried once a row, and only after
 * an answer that refuses the row, so that nothing was applied.
 *
 * @param when the refusals that it helps against
 * @param id the record that the refusal names: {@code found.id}
 * @param matches a pattern whose first group is the id, where it stands among words
 * @param request sent for the row; sending it twice must leave the same
 * @param then what follows; empty for the same request once more
 */
public record RemedySpec(
        Condition when, Selector id, Optional<Pattern> matches, RequestSpec request, Optional<Strategy.Batch> then) {}
