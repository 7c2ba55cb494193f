package dev.caravan.plan;

import dev.caravan.diff.Change;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is ours to take away, and by what the members of an audience are known; of objects without such fields nothing. */
final class Members {

    private final Differences differences;
    private final Doubts doubts;
    private final Fit fit;
    private final Target target;
    private final Set<String> mapped;

    Members(Mapping mapping, Differences differences, Doubts doubts, Fit fit) {
        this.target = mapping.target();
        this.mapped = mapping.fields().names();
        this.differences = differences;
        this.doubts = doubts;
        this.fit = fit;
    }

    /** The last request for a member of which nobody knows whether it was applied: all of it may be there. */
    Optional<PlannedWrite> lost(RowKey key, Known known) {
        return known.dirty() && !fit.identifiers().isEmpty() ? doubts.lost(key) : Optional.empty();
    }

    /** Whether there is such a request. */
    boolean isLost(RowKey key, Known known) {
        return lost(key, known).isPresent();
    }

    /**
     * Whether what is known of a key may be taken away (invariant I7). A mirror's records are all its own; members may be others' too, but
     * whom a lost request of ours may have added, nobody else is known to have.
     */
    boolean mayTakeOut(RowKey key, Known known) {
        boolean records = target.operation() == Target.Operation.MIRROR && !fit.members();
        return known.createdByUs() || target.adopted() || records || isLost(key, known);
    }

    /** Whether an insert was taken as arrived and nobody knows which record that is: what has the key may be somebody else's. */
    boolean isUnowned(Known known) {
        return target.operation().isOnce() && !target.adopted() && !known.createdByUs() && known.remoteId() == null;
    }

    /** What was last accepted, and beside it what may be there since. Each request carries what the one before had put in. */
    Map<String, Value> before(RowKey key, Known known) {
        Map<String, Value> before =
                fit.identifiers().isEmpty() ? differences.accepted(known) : differences.putIn(known);
        return lost(key, known).map(sent -> sent(sent, before)).orElse(before);
    }

    /** Whether one of whom nothing was accepted may have been put in as somebody else, or under another key. */
    boolean isLostAsAnother(RowKey key, Known known, Optional<Value> targetKey, Map<String, Value> now) {
        return lost(key, known)
                .filter(lost -> isAnother(sent(lost, Map.of()), now, now)
                        || !targetKey
                                .map(other -> fit.sameKey(lost.targetKey(), other))
                                .orElse(true))
                .isPresent();
    }

    private static Map<String, Value> sent(PlannedWrite lost, Map<String, Value> accepted) {
        Map<String, Value> all = new LinkedHashMap<>(accepted);
        (lost.kind() == PlannedWrite.Kind.REMOVE ? lost.before() : lost.whole()).forEach((field, value) -> {
            if (!value.isEmpty()) {
                all.put(field, value);
            }
        });
        return all;
    }

    /**
     * Whether what a member was known by is not all true any more: those who match it would stay members. So it is too with what is not
     * mapped any more: later removals would not know of it. What other rows have too stays theirs.
     *
     * @param sent what is sent; of a field that is not among it nothing is said
     * @param now all that the row maps to
     */
    boolean isAnother(Map<String, Value> before, Map<String, Value> sent, Map<String, Value> now) {
        return fit.identifiers().stream().anyMatch(field -> {
                    Value old = before.getOrDefault(field, Value.ofNull());
                    boolean same = mapped.contains(field) && Numbers.same(old, sent.getOrDefault(field, old));
                    return !old.isEmpty() && !same && !isShared(field, before, now);
                })
                && !isNobodyElse(before, now);
    }

    /** Whether one who left is to be taken out and is a member by more than its key, so that it would stay one where another row gets that. */
    boolean stays(Change.Removed left) {
        boolean goes = switch (target.onRemoved()) {
            case DELETE, ARCHIVE -> fit.members() && mayTakeOut(left.key(), left.known());
            case NOTHING, CLEAR -> false;
        };
        if (!goes) {
            return false;
        }
        Map<String, Value> before = before(left.key(), left.known());
        return fit.soleIdentifiers().stream()
                .anyMatch(field ->
                        !before.getOrDefault(field, Value.ofNull()).isEmpty() && !isShared(field, before, Map.of()));
    }

    /** Whether other rows have all by which alone a member was known: who is taken out by the rest, nobody can say. */
    boolean isNobodyElse(Map<String, Value> before, Map<String, Value> now) {
        Set<String> sole = new HashSet<>(fit.soleIdentifiers());
        sole.removeIf(field -> before.getOrDefault(field, Value.ofNull()).isEmpty());
        return !sole.isEmpty() && sole.stream().allMatch(field -> isShared(field, before, now));
    }

    private boolean isShared(String field, Map<String, Value> before, Map<String, Value> now) {
        Value old = before.getOrDefault(field, Value.ofNull());
        Value own = now.getOrDefault(field, Value.ofNull());
        return !old.isEmpty()
                && fit.soleIdentifiers().contains(field)
                && fit.rowsWith(field, old) > (Numbers.same(old, own) ? 1 : 0);
    }

    /**
     * What a removal tells of a member: by what it was known, whatever is mapped now, and of the rest what still is; but nothing by which
     * alone another row's member is known, who would go too.
     *
     * @param now what its own row maps to; nothing of one that left
     */
    Map<String, Value> told(Map<String, Value> before, Map<String, Value> now) {
        Set<String> known = fit.identifiers();
        Map<String, Value> told = new LinkedHashMap<>(before);
        if (!known.isEmpty()) {
            told.keySet()
                    .removeIf(field ->
                            (!known.contains(field) && !mapped.contains(field)) || isShared(field, before, now));
        }
        return told;
    }
}
