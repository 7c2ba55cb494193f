package dev.caravan.plan;

import dev.caravan.row.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** By what the members of an audience are known; of objects without such fields nothing. */
final class Members {

    private final Fit fit;
    private final Set<String> mapped;

    /** Of these mapped fields. */
    Members(Fit fit, Set<String> mapped) {
        this.fit = fit;
        this.mapped = mapped;
    }

    /**
     * Whether what a member was known by is not all true any more: those who match it would stay members. So it is too with what is not
     * mapped any more: later removals would not know of it.
     *
     * @param now what is sent; of a field that is not among it nothing is said
     */
    boolean isAnother(Map<String, Value> before, Map<String, Value> now) {
        return fit.identifiers().stream().anyMatch(field -> {
            Value old = before.getOrDefault(field, Value.ofNull());
            return !old.isEmpty() && !(mapped.contains(field) && Numbers.same(old, now.getOrDefault(field, old)));
        });
    }

    /** What a removal tells of a member: by what it was known, whatever is mapped now, and of the rest what still is. */
    Map<String, Value> told(Map<String, Value> before) {
        Set<String> known = fit.identifiers();
        Map<String, Value> told = new LinkedHashMap<>(before);
        if (!known.isEmpty()) {
            told.keySet().removeIf(field -> !known.contains(field) && !mapped.contains(field));
        }
        return told;
    }
}
