package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.destination.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reply says of a request as a whole. */
public sealed interface Verdict {

    /**
     * Certainly not applied, and worth another try.
     *
     * @param connection whether it is about the connection, so that the next request would meet the same
     */
    record NotApplied(Outcome.Deferred deferred, boolean connection) implements Verdict {}

    /** Refused with words of its own, so not applied. The class is of rows or {@code CONFIG}. */
    record Refused(Said said, ErrorClass errorClass, boolean together) implements Verdict {
        /** The destination's own code. */
        public String code() {
            return said.code();
        }
    }

    /** It is so already. */
    record SoAlready(Said said) implements Verdict {}

    /** It may have been applied. */
    record Unclear(String reason) implements Verdict {}

    /** Whether nothing more needs to be sent: the next request would end the same way. */
    default boolean ends() {
        return switch (this) {
            case NotApplied not -> not.connection();
            case Refused refused -> refused.errorClass() == ErrorClass.CONFIG;
            case SoAlready already -> false;
            case Unclear unclear -> false;
        };
    }

    /** The outcome of each row of the request. */
    default Map<Integer, Outcome> outcomes(Errand errand, List<Item> items) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        items.forEach(item -> outcomes.put(
                item.index(),
                switch (this) {
                    case NotApplied not -> not.deferred();
                    case Refused refused ->
                        Refusals.outcome(
                                errand,
                                item,
                                refused.errorClass(),
                                refused.said(),
                                refused.together() && items.size() > 1);
                    case SoAlready already
                    when errand.maybeSoAlready(item) ->
                        new Outcome.Unchanged(item.id().orElse(null));
                    case SoAlready already ->
                        Refusals.outcome(errand, item, Refusals.instead(errand), already.said(), false);
                    case Unclear unclear -> new Outcome.Unknown(unclear.reason());
                }));
        return outcomes;
    }
}
