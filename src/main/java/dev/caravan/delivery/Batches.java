package dev.caravan.delivery;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Write;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a plan's rows into batches, lazily: records that get another key, then all adds and changes, then clears, then deletions, each in plan order. The batches of such a
 * group may travel at once; {@link #startsGroup} tells where the next begins. Where rows lock records at the destination, some thousand of
 * them at a time are put together by what they lock, and no two batches that may travel at once lock the same. Rows that a guard holds are
 * passed over. Reads the rows once for each of these groups and once more to count them, and keeps nothing open; one thread.
 */
public final class Batches implements Iterator<Batch> {

    /** Where the rows are read. */
    @FunctionalInterface
    public interface Pages {

        /** At most so many rows above an ordinal, in plan order; none at the end. The same each time. */
        List<PlannedWrite> after(long ordinal, int most);
    }

    private final Pages plan;
    private final Target target;
    private final Capabilities can;
    private final TargetSchema schema;
    private final Function<PlannedWrite, String> dedupeKeys;
    private final boolean ignoreCase;
    private final LockOrder locks;
    private final Deque<Group> groups = new ArrayDeque<>();
    private final Deque<Load> loads = new ArrayDeque<>();
    private PlanReader rows;
    private @Nullable Group group;
    private @Nullable PlannedWrite ahead;
    private boolean first;
    private boolean locking;

    /** So many batches are put in order at once: few enough to hold, and the wait between them is short beside them. */
    private static final int ORDERED = 20;

    private record Group(Part part, Action action, boolean job) {}

    /** The rows of a batch to come. */
    private record Load(Group group, List<PlannedWrite> rows, boolean apart) {}

    /** In the order they are sent. */
    private enum Part {
        /** First, so that another row can have the old key. */
        REKEY,
        SAVE,
        CLEAR_BY_ID,
        CLEAR_BY_KEY,
        DELETE
    }

    /**
     * The batches of a plan.
     *
     * @param rules how the mapping makes fields, which tells what rows lock
     * @param dedupeKeys see {@link dev.caravan.plan.DedupeKey}
     */
    public Batches(
            Pages plan,
            Target target,
            Capabilities can,
            TargetSchema schema,
            List<FieldRule> rules,
            Function<PlannedWrite, String> dedupeKeys) {
        this.plan = plan;
        this.rows = new PlanReader(plan);
        this.target = target;
        this.can = can;
        this.schema = schema;
        this.dedupeKeys = dedupeKeys;
        this.ignoreCase = schema.ignoresCase(target.key());
        this.locks = new LockOrder(schema, rules);
        Map<Part, Long> counts = count();
        for (Part part : Part.values()) {
            long rowsOfPart = counts.getOrDefault(part, 0L);
            if (rowsOfPart > 0) {
                Action action = actionOf(part);
                // A job goes by key, which is not the record's yet.
                groups.add(new Group(part, action, part != Part.REKEY && travelsAsJob(action, rowsOfPart)));
            }
        }
        advance();
    }

    private Map<Part, Long> count() {
        Map<Part, Long> counts = new EnumMap<>(Part.class);
        for (PlannedWrite row = following(part -> true); row != null; row = following(part -> true)) {
            counts.merge(partOf(row), 1L, Long::sum);
            locking = locking || locks.of(row).isPresent();
        }
        return counts;
    }

    /** The next row to send that belongs to such a part; null at the end of the plan. */
    private @Nullable PlannedWrite following(Predicate<Part> wanted) {
        while (rows.hasNext()) {
            PlannedWrite row = rows.next();
            if (row.held().isEmpty() && wanted.test(partOf(row))) {
                return row;
            }
        }
        return null;
    }

    private Part partOf(PlannedWrite row) {
        if (row.kind() != Kind.REMOVE) {
            // The key is among the fields only where it is to change.
            return row.fields().containsKey(target.keyField()) ? Part.REKEY : Part.SAVE;
        }
        return switch (target.onRemoved()) {
            case DELETE, ARCHIVE -> Part.DELETE;
            case CLEAR -> row.remoteId() == null ? Part.CLEAR_BY_KEY : Part.CLEAR_BY_ID;
            case NOTHING -> throw new IllegalArgumentException("a plan with removals for which nothing is asked");
        };
    }

    private Action actionOf(Part part) {
        return switch (part) {
            case REKEY -> can.rekeying(target.operation(), target.keyField()).orElseThrow();
            case SAVE -> can.saving(target.operation());
            case CLEAR_BY_ID, DELETE -> can.removing(target, true).orElseThrow();
            case CLEAR_BY_KEY -> can.removing(target, false).orElseThrow();
        };
    }

    private boolean travelsAsJob(Action action, long rowsOfPart) {
        Capabilities.Ability ability = can.of(action);
        return ability.jobRows() > 0
                && switch (target.strategy()) {
                    case AUTO -> rowsOfPart >= ability.jobFrom();
                    case BATCH -> false;
                    case JOB -> true;
                };
    }

    @Override
    public boolean hasNext() {
        return !loads.isEmpty() || ahead != null;
    }

    /** Whether the next batch is a job, which is large. */
    public boolean isJobNext() {
        return loads.isEmpty()
                ? group != null && group.job()
                : loads.getFirst().group().job();
    }

    /** Whether those before the next batch must have ended: it is the first of its group, or may lock what they lock. */
    public boolean startsGroup() {
        return loads.isEmpty() ? first || locking : loads.getFirst().apart();
    }

    @Override
    public Batch next() {
        if (loads.isEmpty()) {
            gather();
        }
        Load load = loads.removeFirst();
        Action action = load.group().action();
        List<Write> writes = load.rows().stream().map(row -> write(action, row)).toList();
        return new Batch(action, load.group().job(), target.object(), target.key(), schema, writes);
    }

    private Write write(Action action, PlannedWrite row) {
        Write write = Write.by(action, can, row, dedupeKeys.apply(row));
        return locking ? locks.of(row).map(write::locking).orElse(write) : write;
    }

    /** Takes the rows of the next batch, or of several where these are put in order; a job orders its rows itself. */
    private void gather() {
        first = false;
        Group current = group;
        if (ahead == null || current == null) {
            throw new NoSuchElementException();
        }
        Capabilities.Ability ability = can.of(current.action());
        int most = current.job() ? ability.jobRows() : ability.batchRows();
        boolean ordered = locking && !current.job();
        int room = ordered ? most * ORDERED : most;
        List<PlannedWrite> taken = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        // A key that is there already waits for the next batch: within one, the order of two writes is nobody's
        // promise.
        for (PlannedWrite row = ahead;
                row != null && current.equals(group) && taken.size() < room && keys.add(keyOf(row));
                row = ahead) {
            taken.add(row);
            advance();
        }
        if (ordered) {
            locks.loads(taken, most).forEach(load -> loads.add(new Load(current, load.rows(), load.apart())));
        } else {
            loads.add(new Load(current, taken, false));
        }
    }

    private String keyOf(PlannedWrite row) {
        String key = row.targetKey().text();
        return ignoreCase ? key.toLowerCase(Locale.ROOT) : key;
    }

    /** Moves to the next row, of the next group that has one if need be. */
    private void advance() {
        ahead = group == null ? null : following(group.part()::equals);
        while (ahead == null && !groups.isEmpty()) {
            Group next = groups.remove();
            group = next;
            first = true;
            rows = new PlanReader(plan);
            ahead = following(next.part()::equals);
        }
        if (ahead == null) {
            group = null;
        }
    }
}
