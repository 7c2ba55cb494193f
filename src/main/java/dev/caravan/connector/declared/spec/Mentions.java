package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes of an answer that speak of rows.
 *
 * @param ok those that accept one
 * @param fail those that refuse one
 * @param rest what becomes of the rows of which none speaks
 * @param byId whether the request names records by their ids, so that a node with another id tells of none of them
 */
public record Mentions(List<Accepts> ok, List<Refuses> fail, Join.Rest rest, boolean byId) {

    public Mentions {
        ok = List.copyOf(ok);
        fail = List.copyOf(fail);
    }

    /**
     * Nodes that accept rows.
     *
     * @param when of such a node; one for which it does not hold says nothing
     */
    public record Accepts(Selector rows, Match match, Optional<Condition> when, Accept accept) {}

    /**
     * Nodes that refuse rows; one may name several.
     *
     * @param when of such a node; one for which it does not hold says nothing
     */
    public record Refuses(Selector rows, Match match, Optional<Condition> when, Refuse refuse) {}

    /**
     * What a node says of which row it means.
     *
     * @param at every text found is a row
     * @param pattern whose first group it is in the text; empty for the whole text
     * @param first with {@link Join.ErrorPathIndex}: the index of the first row
     * @param by what it is, where it is not what the join says; never {@link By#SENT}
     * @param parts where the node names the fields of a key of several, each by its name; then nothing else counts
     */
    public record Match(
            Selector at, Optional<Pattern> pattern, int first, Optional<By> by, Map<String, Selector> parts) {
        public Match {
            parts = Ordered.copy(parts);
        }
    }

    /** What a text is that names a row. */
    public enum By {
        KEY,
        REMOTE_ID,
        /** What the request named its records by: the remote id where it names that, else the key. */
        SENT
    }
}
