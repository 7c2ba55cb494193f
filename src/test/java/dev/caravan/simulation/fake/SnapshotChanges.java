package dev.caravan.simulation.fake;

import dev.caravan.simulation.fake.Snapshot.Entry;
import dev.caravan.simulation.fake.StagedRows.Staged;
import dev.caravan.source.Settlement;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What outcomes and the end of a run make of a snapshot. Pure. */
final class SnapshotChanges {

    private SnapshotChanges() {}

    /** The snapshot with outcomes above its number, one after the other. */
    static Snapshot apply(Snapshot before, Iterator<Settlement> settlements) {
        SortedMap<String, Entry> rows = new TreeMap<>(before.rows());
        long last = before.appliedSeq();
        boolean changed = false;
        while (settlements.hasNext()) {
            Settlement settlement = settlements.next();
            if (settlement.seq() > before.appliedSeq()) {
                last = Math.max(last, settlement.seq());
                changed |= !(settlement instanceof Settlement.Nothing);
                apply(settlement, rows);
            }
        }
        return last > before.appliedSeq() ? before.applied(last, changed, rows) : before;
    }

    private static void apply(Settlement settlement, SortedMap<String, Entry> rows) {
        String key = settlement.key().encoded();
        Entry known = rows.get(key);
        switch (settlement) {
            case Settlement.Stored stored ->
                rows.put(
                        key,
                        new Entry(
                                stored.remoteId(),
                                stored.createdByUs(),
                                true,
                                false,
                                stored.rowHash(),
                                stored.definition(),
                                stored.withheld(),
                                stored.image(),
                                stored.run()));
            case Settlement.Left left -> {
                if (known != null) {
                    rows.put(key, left(known, left.deleted(), left.run()));
                }
            }
            case Settlement.Unresolved unresolved ->
                rows.put(key, known == null ? Entry.unseen(unresolved.run()) : unresolved(known, unresolved.run()));
            case Settlement.Nothing nothing -> {}
        }
    }

    /** What was ours ends with its deletion (invariant I7). */
    private static Entry left(Entry known, boolean deleted, long run) {
        return new Entry(
                deleted ? null : known.remoteId(),
                !deleted && known.createdByUs(),
                false,
                false,
                known.rowHash(),
                known.definition(),
                known.withheld(),
                known.image(),
                run);
    }

    /** What is known of a record that was handled does not hold of the one that the lost request may have made since. */
    private static Entry unresolved(Entry known, long run) {
        return new Entry(
                known.live() ? known.remoteId() : null,
                known.live() && known.createdByUs(),
                true,
                true,
                null,
                known.live() ? known.definition() : null,
                known.withheld(),
                known.image(),
                run);
    }

    /**
     * The snapshot at the end of a run.
     *
     * @param diffed the generation that was diffed, if one was
     * @param same the keys for which nothing had to be sent; null if there were none
     */
    static Snapshot settle(
            Snapshot before,
            Optional<Diffed> diffed,
            @Nullable Set<String> same,
            String definition,
            Optional<String> target) {
        boolean absorb = diffed.isPresent() && same != null;
        SortedMap<String, Entry> rows = new TreeMap<>(before.rows());
        Set<String> doubtful = diffed.map(run -> doubtful(run, before)).orElse(Set.of());
        if (absorb) {
            absorb(rows, diffed.get().staged(), same, definition);
            Set<String> left = new HashSet<>(diffed.get().differences().removed());
            left.retainAll(same);
            leave(rows, left);
        }
        // Those that wait are doubted by their definition, so one that was absorbed meanwhile is not.
        diffed.ifPresent(run -> run.differences().waiting().forEach(key -> {
            Entry row = rows.get(key);
            if (row != null && row.definition() != null && doubtful.contains(row.definition())) {
                rows.put(key, row.doubted());
            }
        }));
        Optional<String> newTarget = target.or(before::target);
        Optional<Long> newRows =
                diffed.map(run -> (long) run.staged().rows().size()).or(before::lastGoodRows);
        boolean changed = absorb || !doubtful.isEmpty();
        return changed || !newTarget.equals(before.target()) || !newRows.equals(before.lastGoodRows())
                ? before.settled(newTarget, newRows, changed, rows)
                : before;
    }

    /** One reading that was diffed. */
    record Diffed(StagedRows staged, Differences differences) {}

    private static Set<String> doubtful(Diffed run, Snapshot snapshot) {
        Set<String> definitions = new HashSet<>();
        run.differences().waiting().forEach(key -> {
            Entry row = snapshot.rows().get(key);
            if (row != null && row.definition() != null && !row.definition().isEmpty()) {
                definitions.add(row.definition());
            }
        });
        return definitions;
    }

    private static void absorb(SortedMap<String, Entry> rows, StagedRows staged, Set<String> same, String definition) {
        for (Staged row : staged.rows()) {
            Entry known = row.key == null ? null : rows.get(row.key);
            if (known != null && row.valid() && same.contains(row.key)) {
                rows.put(row.key, known.absorbing(row.hash, definition, row.image));
            }
        }
    }

    /** A record we created stays ours where another row has it: to delete it one day is that row's (invariant I7). */
    private static void leave(SortedMap<String, Entry> rows, Set<String> left) {
        Set<String> ours = new HashSet<>();
        Set<String> elsewhere = new HashSet<>();
        rows.forEach((key, row) -> {
            if (row.remoteId() != null && left.contains(key) && row.createdByUs()) {
                ours.add(row.remoteId());
            }
            if (row.remoteId() != null && !left.contains(key) && row.live()) {
                elsewhere.add(row.remoteId());
            }
        });
        rows.replaceAll((key, row) -> {
            if (left.contains(key)) {
                boolean passed = row.remoteId() != null && elsewhere.contains(row.remoteId());
                return (passed ? row.owned(false, null) : row).marked(false, false);
            }
            return row.live() && row.remoteId() != null && ours.contains(row.remoteId())
                    ? row.owned(true, row.remoteId())
                    : row;
        });
    }
}
