package dev.caravan.plan;

import dev.caravan.diff.Change;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What becomes of keys that left, and of records that rows leave behind. */
final class Removals {

    /** Why a member is held who would have to be taken out by what other rows' members are known by. */
    private static final String SHARED = "shared_identifier";

    private final Mapping mapping;
    private final Differences differences;
    private final Doubts doubts;
    private final Fit fit;
    private final TargetKeys keys;
    private final Members members;
    private final PlanRows rows;

    Removals(
            Mapping mapping,
            Differences differences,
            Doubts doubts,
            Fit fit,
            TargetKeys keys,
            Members members,
            PlanRows rows) {
        this.mapping = mapping;
        this.differences = differences;
        this.doubts = doubts;
        this.fit = fit;
        this.keys = keys;
        this.members = members;
        this.rows = rows;
    }

    /** A key that left the model. */
    Planned removed(Change.Removed change) {
        Known known = change.known();
        if (!(mapping.target().operation().isOnce() && known.dirty())) {
            return known.isUnseen() && doubts.refuted(change.key())
                    ? new Planned.Left(change.key())
                    : removed(change, known.isUnseen() && !members.isLost(change.key(), known));
        }
        // What was begun is brought to its end first, so that it is known what there is to remove.
        return switch (doubts.about(change.key())) {
            case Doubts.Doubt.Again again ->
                rows.isRefused(again.row()) ? removed(change, known.isUnseen()) : rows.repeated(again);
            case Doubts.Doubt.Found found -> rows.arrived(found);
            case Doubts.Doubt.Absent no -> known.isUnseen() ? new Planned.Left(change.key()) : removed(change, false);
            case Doubts.Doubt.Latest now -> removed(change, known.isUnseen());
            case Doubts.Doubt.Hold hold -> removed(change, known.isUnseen());
            case Doubts.Doubt.Drop drop ->
                drop.insert().map(rows::dropped).orElseGet(() -> removed(change, known.isUnseen()));
        };
    }

    private Planned removed(Change.Removed change, boolean unseen) {
        Known known = change.known();
        boolean adopted = mapping.target().adopted();
        return switch (mapping.target().onRemoved()) {
            case NOTHING -> new Planned.Left(change.key());
            case CLEAR ->
                unseen
                        ? unresolved(change)
                        : members.isUnowned(known) ? new Planned.Left(change.key()) : cleared(change);
            case DELETE, ARCHIVE -> {
                if (unseen && (adopted || mapping.target().operation() != Target.Operation.UPDATE)) {
                    yield unresolved(change);
                }
                yield members.mayTakeOut(change.key(), known)
                        ? removal(change, Map.of())
                        : new Planned.Left(change.key());
            }
        };
    }

    /**
     * The only request for the key was lost. Whether there is a record, and whether it is ours to remove, nobody can say from here:
     * the key stays dirty and listed until it returns or a person looks.
     */
    private Planned unresolved(Change.Removed change) {
        Draft draft = new Draft(change.key(), PlannedWrite.Kind.REMOVE, Cause.UNKNOWN)
                .record(Optional.of(change.known()))
                .hold("unknown");
        return rows.withoutKey(draft);
    }

    /** Clears what the destination may still hold. A field that can never be null there, such as a required name, stays. */
    private Planned cleared(Change.Removed change) {
        Map<String, Value> accepted = differences.accepted(change.known());
        Map<String, Value> fields = new LinkedHashMap<>();
        for (FieldRule rule : mapping.fields().rules()) {
            Value last = accepted.get(rule.field());
            boolean clear = last != null && last.isNull() && !change.known().dirty();
            if (!clear && fit.misfit(rule.field(), Value.ofNull()).isEmpty()) {
                fields.put(rule.field(), Value.ofNull());
            }
        }
        return fields.isEmpty() ? new Planned.Left(change.key()) : removal(change, fields);
    }

    private Planned removal(Change.Removed change, Map<String, Value> fields) {
        return takenOut(leaving(change), change.known(), fields, Map.of());
    }

    private static Draft leaving(Change.Removed change) {
        return new Draft(change.key(), PlannedWrite.Kind.REMOVE, Cause.REMOVED).record(Optional.of(change.known()));
    }

    /** What has the key is another row's, who would go with a member that is known by more than that: such a one waits where it is seen. */
    Planned takenOver(Change.TakenOver taken) {
        if (taken.settled()) {
            return new Planned.Left(taken.key());
        }
        return members.stays(taken.removed())
                ? takenOut(
                        leaving(taken.removed()).hold(SHARED), taken.removed().known(), Map.of(), Map.of())
                : new Planned.Waiting(taken.key());
    }

    /**
     * Takes out what is known of a key.
     *
     * @param fields what is cleared; empty where the record goes
     * @param now what the key's own row maps to; nothing of one that left
     */
    Planned takenOut(Draft draft, Known known, Map<String, Value> fields, Map<String, Value> now) {
        Optional<Value> under = members.lost(draft.key(), known).map(PlannedWrite::targetKey);
        Map<String, Value> before = members.before(draft.key(), known);
        if (members.isNobodyElse(before, now)) {
            draft.hold(SHARED);
        }
        return rows.of(draft.send(fields, members.told(before, now), Map.of()), under.or(() -> keys.of(known.image())));
    }
}
