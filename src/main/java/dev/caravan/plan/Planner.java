package dev.caravan.plan;

import dev.caravan.diff.Change;
import dev.caravan.mapping.FieldSets;
import dev.caravan.mapping.Mapped;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.RowMapper;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Turns changes into plan rows, one at a time and in order. Pure but for the {@link Fit} it is given and the rows it counts; one
 * thread.
 */
public final class Planner {

    /** Why a row is held whose record would have to get another key, and cannot. */
    private static final String STAYS = "rekeyed";

    /** Why a row is held whose key another row's record has still. */
    private static final String NOT_LEFT = "key_not_left";

    private final Mapping mapping;
    private final Differences differences;
    private final Doubts doubts;
    private final Fit fit;
    private final TargetKeys keys;
    private final Members members;
    private final PassedKeys passing;
    private final PlanRows rows;
    private final Removals removals;
    private long renewals;

    /**
     * A planner of one run.
     *
     * @param definitions makes older field sets again
     * @param standing whether the destination refused exactly this row before
     * @param doubts asked about dirty keys of inserts
     */
    public Planner(Mapping mapping, FieldSets definitions, Predicate<PlannedWrite> standing, Doubts doubts, Fit fit) {
        this.mapping = mapping;
        this.differences = new Differences(mapping.fields(), definitions, mapping.guardrails());
        this.doubts = doubts;
        this.fit = fit;
        this.keys = new TargetKeys(mapping, fit);
        this.rows = new PlanRows(mapping, standing, fit, keys);
        this.members = new Members(mapping, differences, doubts, fit);
        this.passing = new PassedKeys(keys, members);
        this.removals = new Removals(mapping, differences, doubts, fit, keys, members, rows);
    }

    /** Has it send again at most so many rows that are due and do not differ; none unless this is said. */
    public Planner renewing(long most) {
        renewals = most;
        return this;
    }

    /** What one change comes to. */
    public Planned plan(Change change) {
        return switch (change) {
            case Change.Added added -> added(added);
            case Change.Changed changed -> changed(changed);
            case Change.Removed removed -> removals.removed(removed);
            case Change.Early early -> waiting(early.change(), early.left());
            case Change.Wanted wanted ->
                passing.goesFirst(wanted) ? removals.removed(wanted.removed()) : new Planned.Waiting(wanted.key());
            case Change.Shared shared ->
                new Planned.Unfit(
                        shared.key(), "duplicate_key:" + mapping.target().keyField());
            case Change.TakenOver taken -> removals.takenOver(taken);
        };
    }

    /** It goes once the other row's record has left the key; until then it would be written over that, or be refused for it. */
    private Planned waiting(Change change, List<Change.Wanted> left) {
        Planned planned = plan(change);
        return planned instanceof Planned.Row row
                        && row.write().held().isEmpty()
                        && passing.hasToWait(row.write(), left)
                ? new Planned.Row(row.write().holdFor(NOT_LEFT))
                : planned;
    }

    private Planned added(Change.Added change) {
        Draft draft = new Draft(change.key(), PlannedWrite.Kind.ADD, Cause.ofAdded(change.known()))
                .record(change.known())
                .row(change.row(), change.rowHash());
        return change.known().map(this::doubtful).orElse(false)
                ? doubtful(draft, sure -> added(change, sure))
                : added(change, draft);
    }

    private Planned added(Change.Added change, Draft draft) {
        return switch (RowMapper.map(mapping.fields(), change.row())) {
            case Mapped.Failed failed -> new Planned.Unfit(change.key(), failed.reason());
            case Mapped.Fields fields -> {
                Draft whole = draft.send(fields.values(), Map.of(), Map.of());
                yield change.known()
                        .filter(known -> !mapping.target().operation().isOnce())
                        .flatMap(known -> beside(change, whole, known, fields.values()))
                        .orElseGet(() -> rows.of(whole, change.row()));
            }
        };
    }

    /** What goes before a row of which nothing is known but a request that was lost: it may be there as somebody else, or under another key. */
    private Optional<Planned> beside(Change.Added change, Draft draft, Known known, Map<String, Value> now) {
        if (members.isLostAsAnother(change.key(), known, keys.of(change.row()), now)) {
            return Optional.of(givenUp(change.key(), known, now));
        }
        if (keys.isBackUnderAnother(known, change.row())) {
            return Optional.of(back(change, draft, known, now));
        }
        return (known.dirty() ? doubts.lost(change.key()) : Optional.<PlannedWrite>empty())
                .filter(lost -> lost.kind() != PlannedWrite.Kind.REMOVE)
                .flatMap(lost -> besideLost(change, draft, lost, now));
    }

    private Optional<Planned> besideLost(Change.Added change, Draft draft, PlannedWrite lost, Map<String, Value> now) {
        if (keys.canFollow(lost, change.row())) {
            return Optional.of(follows(draft.record(lost.remoteId(), lost.createdByUs()), change.row(), now, Map.of()));
        }
        return keys.movedFrom(lost, change.row()) ? Optional.of(besideLost(change, draft, lost)) : Optional.empty();
    }

    /** A row that had left comes back with another key: what becomes of the record that it left behind. */
    private Planned back(Change.Added change, Draft draft, Known known, Map<String, Value> now) {
        return switch (keys.way(known, change.row())) {
            case FOLLOWS -> follows(draft, change.row(), now, Map.of());
            case STAYS -> rows.of(draft.because(Cause.REKEYED).hold(STAYS), change.row());
            case GIVEN_UP, ELSEWHERE -> rows.of(draft.record(Optional.empty()), change.row());
        };
    }

    /** A record may be there under another key than the row has now. */
    private Planned besideLost(Change.Added change, Draft draft, PlannedWrite lost) {
        return switch (keys.wayOfLost()) {
            case FOLLOWS, ELSEWHERE -> rows.of(draft, change.row());
            case STAYS -> rows.of(draft.because(Cause.REKEYED).hold(STAYS), change.row());
            case GIVEN_UP -> {
                Draft old = new Draft(change.key(), PlannedWrite.Kind.REMOVE, Cause.REKEYED).record(change.known());
                yield rows.of(old.send(Map.of(), lost.fields(), Map.of()), lost.image());
            }
        };
    }

    /** Whether an insert of it may or may not have arrived: unlike other writes, a second one could make a second record. */
    private boolean doubtful(Known known) {
        return mapping.target().operation().isOnce() && known.dirty();
    }

    private Planned doubtful(Draft draft, Function<Draft, Planned> latest) {
        return doubtful(doubts.about(draft.key()), draft, latest);
    }

    private Planned doubtful(Doubts.Doubt doubt, Draft draft, Function<Draft, Planned> latest) {
        return switch (doubt) {
            case Doubts.Doubt.Latest now -> latest.apply(draft);
            case Doubts.Doubt.Absent no -> latest.apply(draft);
            case Doubts.Doubt.Found found -> rows.arrived(found);
            case Doubts.Doubt.Hold hold -> latest.apply(draft.hold(hold.reason()));
            case Doubts.Doubt.Again again
            when rows.isRefused(again.row()) ->
                refused(again, latest.apply(draft), () -> doubtful(again.refused(), draft, latest));
            case Doubts.Doubt.Again again
            when again.refused() instanceof Doubts.Doubt.Latest -> repeated(again, latest.apply(draft));
            case Doubts.Doubt.Again again -> rows.repeated(again);
            case Doubts.Doubt.Drop drop -> rows.dropped(drop, draft);
        };
    }

    /** The repetition was refused, which stands while the row is the same; one that is another by now goes the way that somebody said. */
    private Planned refused(Doubts.Doubt.Again again, Planned present, Supplier<Planned> otherwise) {
        rows.takeBack(present);
        return present instanceof Planned.Standing || present.says(again.row())
                ? new Planned.Standing(again.row().key())
                : otherwise.get();
    }

    /** What was sent instead and refused too is the last word: else the two would take turns in being refused. */
    private Planned repeated(Doubts.Doubt.Again again, Planned present) {
        rows.takeBack(present);
        return present instanceof Planned.Standing ? present : rows.repeated(again);
    }

    private Planned changed(Change.Changed change) {
        Known known = change.known();
        if (mapping.target().operation().isOnce() && !known.dirty()) {
            return new Planned.Quiet(change.key());
        }
        Draft draft = new Draft(change.key(), PlannedWrite.Kind.CHANGE, Cause.UNKNOWN)
                .beside(fit.wholes() ? mapping.fields().names() : Set.of())
                .record(Optional.of(known))
                .row(change.row(), change.rowHash());
        return doubtful(known) ? doubtful(draft, sure -> planned(change, sure)) : planned(change, draft);
    }

    private Planned planned(Change.Changed change, Draft draft) {
        Known known = change.known();
        return switch (RowMapper.map(mapping.fields(), change.row())) {
            case Mapped.Failed failed -> new Planned.Unfit(change.key(), failed.reason());
            case Mapped.Fields fields -> {
                if (keys.moved(known.image(), change.row()) || mayHaveMoved(change)) {
                    yield rekeyed(change, draft, fields.values());
                }
                Map<String, Value> before = members.before(change.key(), known);
                if (members.isAnother(before, known.dirty() ? fields.values() : Map.of(), fields.values())) {
                    yield givenUp(change.key(), known, fields.values());
                }
                yield known.dirty() || known.definition().isEmpty()
                        ? rows.of(
                                draft.send(fields.values(), before, keptBeside(before, fields.values())), change.row())
                        : changedFields(change, draft, before, fields.values());
            }
        };
    }

    /** What goes out with a whole though the row maps to none; of other records nobody knows what a lost request left there. */
    private Map<String, Value> keptBeside(Map<String, Value> before, Map<String, Value> now) {
        return fit.wholes() ? differences.kept(before, now) : Map.of();
    }

    /** Whether a request that was lost may have given the record another key than its row has: by that key there would be two. */
    private boolean mayHaveMoved(Change.Changed change) {
        return change.known().dirty()
                && keys.follows(change.known(), change.row())
                && doubts.lost(change.key())
                        .filter(lost -> keys.mayHaveMoved(lost, change.row()))
                        .isPresent();
    }

    private Planned rekeyed(Change.Changed change, Draft draft, Map<String, Value> fields) {
        Known known = change.known();
        Draft rekeyed = draft.because(Cause.REKEYED);
        return switch (keys.way(known, change.row())) {
            case FOLLOWS -> follows(draft, change.row(), fields, differences.accepted(known));
            case GIVEN_UP ->
                members.mayTakeOut(change.key(), known)
                        ? givenUp(change.key(), known, fields)
                        : elsewhere(change, draft, fields);
            case STAYS ->
                rows.of(
                        rekeyed.send(fields, differences.accepted(known), Map.of())
                                .hold(STAYS),
                        change.row());
            case ELSEWHERE -> elsewhere(change, draft, fields);
        };
    }

    /** The record's new key goes among the fields. */
    private Planned follows(Draft draft, Row row, Map<String, Value> fields, Map<String, Value> accepted) {
        Map<String, Value> sent = new LinkedHashMap<>(fields);
        keys.of(row).ifPresent(key -> sent.put(mapping.target().keyField(), key));
        return rows.of(draft.because(Cause.REKEYED).send(sent, accepted, Map.of()), row);
    }

    private Planned elsewhere(Change.Changed change, Draft draft, Map<String, Value> fields) {
        return rows.of(draft.elsewhere().send(fields, Map.of(), Map.of()), change.row());
    }

    /** The next run adds it again, since it is confirmed by then that this was done; see invariant I8. */
    private Planned givenUp(RowKey key, Known known, Map<String, Value> now) {
        Draft old = new Draft(key, PlannedWrite.Kind.REMOVE, Cause.REKEYED).record(Optional.of(known));
        return removals.takenOut(old, known, Map.of(), now);
    }

    private Planned changedFields(
            Change.Changed change, Draft draft, Map<String, Value> before, Map<String, Value> now) {
        Differences.Difference difference = differences.between(before, now, change.known());
        if (change.due() && !difference.triggered() && renewals == 0) {
            return new Planned.Overdue(change.key());
        }
        if (difference.triggered() || change.due()) {
            if (members.isAnother(before, difference.send(), now)) {
                return givenUp(change.key(), change.known(), now);
            }
            if (!difference.triggered()) {
                return renewed(
                        draft.because(Cause.RENEWED).send(now, before, difference.keptBeside(now)), change.row());
            }
            return rows.of(
                    draft.because(difference.cause()).send(difference.send(), before, difference.withheld()),
                    change.row());
        }
        return difference.send().isEmpty() && difference.withheld().isEmpty()
                ? new Planned.Same(change.key())
                : new Planned.Quiet(change.key());
    }

    private Planned renewed(Draft whole, Row keyRow) {
        Planned planned = rows.of(whole, keyRow);
        renewals -= planned instanceof Planned.Row ? 1 : 0;
        return planned;
    }
}
