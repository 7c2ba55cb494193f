package dev.caravan.plan;

import dev.caravan.mapping.Mapping;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Makes numbered plan rows of drafts, unless the destination refused them before or would not take them. */
final class PlanRows {

    private final Mapping mapping;
    private final Predicate<PlannedWrite> standing;
    private final Fit fit;
    private final TargetKeys keys;
    private final Set<String> lookups;
    private long next;

    PlanRows(Mapping mapping, Predicate<PlannedWrite> standing, Fit fit, TargetKeys keys) {
        this.mapping = mapping;
        this.standing = standing;
        this.fit = fit;
        this.keys = keys;
        this.lookups = mapping.lookups().keySet();
    }

    /** Whether the destination refused exactly this before. */
    boolean isRefused(PlannedWrite write) {
        return standing.test(write);
    }

    /** Under the destination key of this row. */
    Planned of(Draft draft, Row keyRow) {
        return of(draft, keys.of(keyRow));
    }

    /** Under this destination key. */
    Planned of(Draft draft, Optional<Value> key) {
        if (key.isEmpty() || key.get().isEmpty()) {
            return new Planned.Unfit(draft.key(), "no_key:" + mapping.target().keyField());
        }
        PlannedWrite write = draft.write(next, key.get());
        if (standing.test(write)) {
            return new Planned.Standing(draft.key());
        }
        // What is not sent need not fit, and asking costs a describe.
        Optional<String> misfit = write.held().isPresent() ? Optional.empty() : misfit(write);
        if (misfit.isPresent()) {
            return new Planned.Unfit(draft.key(), misfit.get());
        }
        next++;
        return new Planned.Row(write);
    }

    private Optional<String> misfit(PlannedWrite write) {
        Map<String, Value> fields = new LinkedHashMap<>(mapping.target().key().values(write.targetKey()));
        fields.putAll(write.fields());
        // What is sent instead nobody knows yet.
        fields.entrySet().removeIf(field -> !field.getValue().isNull() && lookups.contains(field.getKey()));
        return fit.misfit(fields);
    }

    /** A row that is not sent, so that nobody has to know its destination key. */
    Planned withoutKey(Draft held) {
        return new Planned.Row(held.write(next++, Value.ofNull()));
    }

    /** What was sent before, once more and word for word. */
    Planned repeated(Doubts.Doubt.Again again) {
        return new Planned.Row(again.row().repeated(next++, again.first()));
    }

    /** What was found. */
    Planned arrived(Doubts.Doubt.Found found) {
        return new Planned.Row(found.row().found(next++, found.first(), found.remoteId()));
    }

    /** What somebody takes as arrived. */
    Planned dropped(Doubts.Doubt.Drop.Lost lost) {
        return new Planned.Row(lost.row().dropped(next++, Optional.of(lost.first()), keys.columns()));
    }

    /** Where it is not known what was sent, of the present row no more than its key. */
    Planned dropped(Doubts.Doubt.Drop drop, Draft draft) {
        return drop.insert().map(this::dropped).orElseGet(() -> {
            Value key = keys.of(draft.row()).orElse(Value.ofNull());
            return new Planned.Row(draft.write(next, key).dropped(next++, Optional.empty(), keys.columns()));
        });
    }

    /** The last row is not to be one of the plan after all. */
    void takeBack(Planned planned) {
        next -= planned instanceof Planned.Row ? 1 : 0;
    }
}
