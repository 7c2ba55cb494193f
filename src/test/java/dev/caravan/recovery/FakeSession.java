package dev.caravan.recovery;

import dev.caravan.contract.CheckResult;
import dev.caravan.diff.Change;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.snapshot.SnapshotState;
import dev.caravan.source.EngineSession;
import dev.caravan.source.Settlement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A snapshot that remembers the last settlement of each key, in memory. */
final class FakeSession implements EngineSession {

    final Map<RowKey, Settlement> settled = new LinkedHashMap<>();
    long appliedSeq;
    int applications;

    @Override
    public SnapshotState snapshot() {
        return new SnapshotState(1, appliedSeq, settled.size(), 0, Optional.empty(), Optional.empty());
    }

    @Override
    public void apply(Iterator<Settlement> settlements) {
        applications++;
        while (settlements.hasNext()) {
            Settlement settlement = settlements.next();
            if (settlement.seq() > appliedSeq) {
                appliedSeq = settlement.seq();
                if (!(settlement instanceof Settlement.Nothing)) {
                    settled.put(settlement.key(), settlement);
                }
            }
        }
    }

    @Override
    public long read() {
        throw new UnsupportedOperationException();
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
    public Counts renew(long upTo, long most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<Change> changes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void eachRow(Consumer<Row> told) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void same(RowKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void settle(Optional<String> target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
