package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.util.List;

/** How an answer is joined to the rows of its request. What joins twice or to no row makes the rest unknown. */
public sealed interface Join {

    /**
     * As many nodes as rows, in their order; any other number makes all unknown.
     *
     * @param ok whether a node accepts its row; else it refuses it
     * @param byId whether the request names records by their ids, so that another id is another row's
     */
    record Position(Selector rows, Condition ok, Accept accept, Refuse refuse, boolean byId) implements Join {}

    /** Nodes that name the row's key. */
    record Key(Mentions mentions) implements Join {}

    /** Nodes that name the row's remote id. */
    record RemoteId(Mentions mentions) implements Join {}

    /** Nodes that repeat {@code row.trace}. */
    record TraceId(Mentions mentions) implements Join {}

    /** Refusals that name the row's place in the request. */
    record ErrorPathIndex(Mentions mentions) implements Join {}

    /**
     * Numbers alone: all received (or accepted) and none refused accepts all; a single row refused is rejected; anything else makes
     * all unknown.
     */
    record Counts(
            List<Selector> received, List<Selector> accepted, List<Selector> refused, Accept accept, Refuse refuse)
            implements Join {
        public Counts {
            received = List.copyOf(received);
            accepted = List.copyOf(accepted);
            refused = List.copyOf(refused);
        }
    }

    /**
     * The answer to a request of one row.
     *
     * @param byId whether the request names the record by its id, so that an answer with another id is none to it
     */
    record Single(Condition ok, Accept accept, Refuse refuse, boolean byId) implements Join {}

    /** The answer takes all rows alike. */
    record All(Accept accept) implements Join {}

    /** What becomes of rows that no node mentions. */
    enum Rest {
        UNKNOWN,
        ACCEPTED,
        REJECTED,
        /** The request was refused for the sake of those mentioned: the others were certainly not applied. */
        NOT_APPLIED
    }
}
