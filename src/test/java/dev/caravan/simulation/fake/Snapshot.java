package dev.caravan.simulation.fake;

import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import dev.caravan.snapshot.SnapshotState;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mapping's snapshot as it lies on a disk: never changed, only replaced.
 *
 * @param equality how its keys were folded
 * @param keySource what filled the destination's key
 * @param hashed the columns behind the row hashes
 * @param rows by canonical key
 */
record Snapshot(
        String equality,
        Optional<String> keySource,
        List<String> hashed,
        long generation,
        long appliedSeq,
        Optional<String> target,
        Optional<Long> lastGoodRows,
        SortedMap<String, Entry> rows) {

    Snapshot {
        rows = Collections.unmodifiableSortedMap(rows);
    }

    static Snapshot empty(String equality) {
        return new Snapshot(
                equality, Optional.empty(), List.of(), 0, 0, Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    /**
     * One row.
     *
     * @param definition under which it was accepted; null if nothing is known of what the destination holds, empty if it is doubtful
     */
    record Entry(
            @Nullable String remoteId,
            boolean createdByUs,
            boolean live,
            boolean dirty,
            @Nullable Long rowHash,
            @Nullable String definition,
            Map<String, Value> withheld,
            Row image,
            long run) {

        /** A key that only a lost request is known of. */
        static Entry unseen(long run) {
            return new Entry(null, false, true, true, null, null, Map.of(), Row.EMPTY, run);
        }

        Entry owned(boolean ours, @Nullable String id) {
            return new Entry(id, ours, live, dirty, rowHash, definition, withheld, image, run);
        }

        Entry hashed(@Nullable Long hash) {
            return new Entry(remoteId, createdByUs, live, dirty, hash, definition, withheld, image, run);
        }

        Entry absorbing(long hash, String text, Row row) {
            return new Entry(remoteId, createdByUs, true, false, hash, text, Map.of(), row, run);
        }

        Entry marked(boolean alive, boolean doubtful) {
            return new Entry(remoteId, createdByUs, alive, doubtful, rowHash, definition, withheld, image, run);
        }

        Entry doubted() {
            return new Entry(remoteId, createdByUs, live, dirty, null, "", Map.of(), image, run);
        }

        Known known() {
            return new Known(
                    remoteId,
                    createdByUs,
                    dirty,
                    !live,
                    definition == null ? "" : definition,
                    withheld,
                    definition == null ? Row.EMPTY : image);
        }
    }

    SnapshotState state() {
        long live = rows.values().stream()
                .filter(row -> row.live() && row.definition() != null)
                .count();
        long dirty = rows.values().stream().filter(Entry::dirty).count();
        return new SnapshotState(generation, appliedSeq, live, dirty, target, lastGoodRows);
    }

    Snapshot keyedBy(String source) {
        return new Snapshot(equality, Optional.of(source), hashed, generation, appliedSeq, target, lastGoodRows, rows);
    }

    Snapshot hashedBy(List<String> columns, SortedMap<String, Entry> now) {
        return new Snapshot(equality, keySource, columns, generation, appliedSeq, target, lastGoodRows, now);
    }

    Snapshot folding(String keys) {
        return new Snapshot(keys, keySource, hashed, generation, appliedSeq, target, lastGoodRows, rows);
    }

    Snapshot applied(long seq, boolean changed, SortedMap<String, Entry> now) {
        return new Snapshot(
                equality, keySource, hashed, generation + (changed ? 1 : 0), seq, target, lastGoodRows, now);
    }

    Snapshot settled(Optional<String> on, Optional<Long> read, boolean changed, SortedMap<String, Entry> now) {
        return new Snapshot(equality, keySource, hashed, generation + (changed ? 1 : 0), appliedSeq, on, read, now);
    }
}
