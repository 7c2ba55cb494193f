package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.util.Map;
import java.util.Optional;

/**
 * A search for records by key.
 *
 * @param when the answers that tell; others are read by the error rules
 * @param none the answers that say that there is none, asked first
 * @param rows the records found
 * @param where which of them count; all where it is empty
 * @param match a record's key, compared with the row's; empty where a search for one row finds only it
 * @param id a record's id
 * @param capture what else of a record becomes {@code found.NAME}
 */
public record FindSpec(
        RequestSpec request,
        Condition when,
        Optional<Condition> none,
        Selector rows,
        Optional<Condition> where,
        Optional<Selector> match,
        Selector id,
        Map<String, Selector> capture) {

    public FindSpec {
        capture = Ordered.copy(capture);
    }
}
