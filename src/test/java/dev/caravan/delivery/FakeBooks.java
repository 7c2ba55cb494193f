package dev.caravan.delivery;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.DiskFailure;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A ledger that writes down what it is told, in order, as {@code begin 1 [0, 1]}. */
public final class FakeBooks implements Deliveries {

    public static final Lease LEASE = new Lease(new MappingId("a/b"), 1);

    final List<String> entries = new ArrayList<>();
    public final Map<Long, Outcome> last = new LinkedHashMap<>();
    /** Every outcome by plan row, in order. */
    final Map<Long, List<Outcome>> all = new LinkedHashMap<>();

    /** The call that finds the disk full. */
    String noRoom = "";

    private long batches;

    @Override
    public long begin(Lease lease, long run, Intent intent) {
        requireRoom("begin");
        entries.add("begin " + ++batches + " " + intent.ordinals());
        return batches;
    }

    @Override
    public void remember(Lease lease, long batch, String remoteJob) {
        entries.add("remember " + batch + " " + remoteJob);
    }

    @Override
    public void found(Lease lease, long run, Intent intent, List<RowOutcome> outcomes) {
        throw unasked();
    }

    @Override
    public long completeAll(Lease lease, List<Long> batches, Outcome outcome) {
        throw unasked();
    }

    @Override
    public void complete(Lease lease, long batch, List<RowOutcome> outcomes) {
        requireRoom("complete");
        entries.add("complete " + batch + " " + outcomes.size());
        for (RowOutcome row : outcomes) {
            last.put(row.ordinal(), row.outcome());
            all.computeIfAbsent(row.ordinal(), ordinal -> new ArrayList<>()).add(row.outcome());
        }
    }

    @Override
    public void hold(Lease lease, long run, String reason, List<Long> ordinals) {
        entries.add("hold " + reason + " " + ordinals);
    }

    @Override
    public List<Long> pending(long run) {
        throw unasked();
    }

    @Override
    public List<OpenBatch> openBatches(MappingId mapping, long except) {
        throw unasked();
    }

    @Override
    public List<PlannedWrite> lost(MappingId mapping, Instant since) {
        throw unasked();
    }

    @Override
    public Unended unended(MappingId mapping) {
        throw unasked();
    }

    @Override
    public Optional<String> target(MappingId mapping) {
        throw unasked();
    }

    @Override
    public Stream<Recorded> outcomesAfter(MappingId mapping, long seq) {
        throw unasked();
    }

    @Override
    public long lastSeq() {
        throw unasked();
    }

    @Override
    public Optional<MappingId> mappingOf(long seq) {
        throw unasked();
    }

    @Override
    public void supersedeUnsent(Lease lease, long run) {
        throw unasked();
    }

    @Override
    public Accounting account(long run) {
        throw unasked();
    }

    @Override
    public Set<String> standing(MappingId mapping) {
        throw unasked();
    }

    @Override
    public void schema(Lease lease, String version) {
        throw unasked();
    }

    @Override
    public void unresolved(Lease lease, long keys) {
        throw unasked();
    }

    @Override
    public List<Rejection> rejections(long run) {
        throw unasked();
    }

    @Override
    public Map<String, Long> heldBy(long run) {
        throw unasked();
    }

    @Override
    public List<Refused> refused(long run) {
        throw unasked();
    }

    @Override
    public long unresolvedCount(MappingId mapping) {
        throw unasked();
    }

    @Override
    public long standingCount(MappingId mapping) {
        throw unasked();
    }

    @Override
    public List<Sent> history(Optional<MappingId> mapping, String key, int limit) {
        throw unasked();
    }

    private static IllegalStateException unasked() {
        return new IllegalStateException("delivery does not ask this");
    }

    private void requireRoom(String call) {
        if (noRoom.equals(call)) {
            throw DiskFailure.full("the ledger");
        }
    }
}
