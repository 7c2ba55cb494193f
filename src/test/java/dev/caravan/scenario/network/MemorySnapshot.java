package dev.caravan.scenario.network;

import dev.caravan.contract.CheckResult;
import dev.caravan.diff.Change;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.Known;
import dev.caravan.snapshot.SnapshotState;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A snapshot and its diff in memory: what the engine does with SQL, for a handful of rows. */
final class MemorySnapshot implements EngineSession {

    private static final Known NOTHING = new Known(null, false, false, false, "", Map.of(), Row.EMPTY);

    private final Map<String, Entry> entries = new TreeMap<>();
    private Map<RowKey, Row> model = Map.of();
    private long appliedSeq;
    private long generation;

    private record Entry(Known known, @Nullable Long hash) {}

    /** What the model holds from now on. */
    void model(Map<RowKey, Row> rows) {
        model = rows;
    }

    @Override
    public SnapshotState snapshot() {
        return new SnapshotState(
                generation, appliedSeq, count(false), count(true), Optional.empty(), Optional.of((long) model.size()));
    }

    private long count(boolean dirty) {
        return entries.values().stream()
                .filter(entry -> dirty ? entry.known.dirty() : !entry.known.left())
                .count();
    }

    /** Whether nobody knows what became of the last request for the key. */
    boolean isDirty(RowKey key) {
        Entry entry = entries.get(key.encoded());
        return entry != null && entry.known.dirty();
    }

    @Override
    public long read() {
        return model.size();
    }

    @Override
    public CheckResult check() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Counts diff() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<Change> changes() {
        Map<String, Optional<Change>> changes = new TreeMap<>();
        model.forEach((key, row) -> changes.put(key.encoded(), change(key, row)));
        entries.forEach((key, entry) -> {
            if (!entry.known.left() && !model.containsKey(new RowKey(key))) {
                changes.put(key, Optional.of(new Change.Removed(new RowKey(key), entry.known)));
            }
        });
        return changes.values().stream().flatMap(Optional::stream);
    }

    private Optional<Change> change(RowKey key, Row row) {
        Entry entry = entries.get(key.encoded());
        if (entry == null || entry.known.left()) {
            return Optional.of(new Change.Added(
                    key, row, row.hashCode(), Optional.ofNullable(entry).map(Entry::known)));
        }
        Long hash = entry.hash;
        boolean same = !entry.known.dirty() && hash != null && hash == row.hashCode();
        return same ? Optional.empty() : Optional.of(new Change.Changed(key, row, row.hashCode(), entry.known));
    }

    @Override
    public void same(RowKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void apply(Iterator<Settlement> settlements) {
        while (settlements.hasNext()) {
            Settlement settlement = settlements.next();
            if (settlement.seq() > appliedSeq) {
                appliedSeq = settlement.seq();
                generation++;
                apply(settlement);
            }
        }
    }

    private void apply(Settlement settlement) {
        String key = settlement.key().encoded();
        Entry before = entries.getOrDefault(key, new Entry(NOTHING, null));
        switch (settlement) {
            case Settlement.Stored stored -> entries.put(key, new Entry(stored(stored), stored.rowHash()));
            case Settlement.Left left -> entries.put(key, new Entry(left(before.known, left.deleted()), null));
            case Settlement.Unresolved lost -> entries.put(key, new Entry(dirty(before.known), before.hash));
            case Settlement.Nothing nothing -> {}
        }
    }

    private static Known stored(Settlement.Stored now) {
        return new Known(
                now.remoteId(), now.createdByUs(), false, false, now.definition(), now.withheld(), now.image());
    }

    private static Known left(Known old, boolean deleted) {
        return new Known(
                deleted ? null : old.remoteId(),
                !deleted && old.createdByUs(),
                false,
                true,
                old.definition(),
                old.withheld(),
                old.image());
    }

    private static Known dirty(Known old) {
        return new Known(
                old.remoteId(), old.createdByUs(), true, old.left(), old.definition(), old.withheld(), old.image());
    }

    @Override
    public void settle(Optional<String> target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
