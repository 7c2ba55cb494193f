package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Wording;
import java.util.List;
import java.util.Optional;

/**
 * What an answer means that refuses the request.
 *
 * @param waits when it may be asked again: the first that the answer tells
 * @param together for a class of rows: whether the request was refused for some row's sake and nothing of it applied, so that the
 *     guilty one has to be found; false where the answer refuses each of its rows
 * @param alone whether it ails the rows of the request alone, and the connection is well
 */
public record ErrorRule(
        Condition when,
        ErrorClass errorClass,
        List<Wait> waits,
        boolean together,
        boolean alone,
        Optional<Wording> code,
        Optional<Wording> message,
        Optional<Wording> field) {

    public ErrorRule {
        waits = List.copyOf(waits);
    }
}
