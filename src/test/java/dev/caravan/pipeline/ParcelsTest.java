package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.Batches;
import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.Monitor;
import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.Cause;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.run.Trigger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Rows come into the heap as places for their batches become free, not before. */
class ParcelsTest {

    private static final int ROWS = 1_000;
    private static final int BATCH_ROWS = 10;
    private static final int JOB_ROWS = 50;

    private final AtomicInteger read = new AtomicInteger();
    private static final MappingId MAPPING = new MappingId("things");

    private final Slots slots = new Slots(4, Monitor::real);
    private final Holds holds = new Holds();
    private SyncRun run;

    private Parcels parcels(Target.Strategy strategy) {
        Target target = new Target(
                "crm",
                "Thing",
                Target.Operation.UPSERT,
                TargetKey.of("Key"),
                new FieldSource.Column("key"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                strategy,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
        Capabilities spec = Capabilities.all(
                EnumSet.of(Action.UPSERT, Action.INSERT, Action.UPDATE, Action.DELETE),
                new Capabilities.Ability(BATCH_ROWS, JOB_ROWS, JOB_ROWS, Optional.empty()));
        Batches batches =
                new Batches(this::rows, target, spec, new TargetSchema("Thing", List.of()), List.of(), row -> "");
        read.set(1);
        Order order = new Order(null, Mode.SYNC, Trigger.COMMAND, Optional.empty(), Optional.empty(), (s, d, t) -> {});
        run = new SyncRun(order, Monitor.real());
        return new Parcels(run, batches, slots, holds.of(List.of(new Scope.OnMapping(MAPPING))));
    }

    /** One row at a time, so that it shows how far was read. */
    private List<PlannedWrite> rows(long after, int most) {
        if (after + 1 == ROWS) {
            return List.of();
        }
        read.incrementAndGet();
        return List.of(row(after + 1));
    }

    private static PlannedWrite row(long ordinal) {
        return new PlannedWrite(
                ordinal,
                new RowKey("s:" + ordinal),
                PlannedWrite.Kind.ADD,
                Cause.MODEL,
                new Value.Text("k" + ordinal),
                null,
                true,
                Map.of(),
                Map.of(),
                Row.EMPTY,
                ordinal,
                Map.of(),
                Optional.empty());
    }

    @Test
    void aBatchIsCutWhenAPlaceIsFree() throws Exception {
        Parcels parcels = parcels(Target.Strategy.BATCH);
        for (int i = 0; i < 4; i++) {
            assertThat(parcels.hasNext()).isTrue();
            assertThat(parcels.next().batch()).isPresent();
        }
        assertWaits(parcels, false, 4 * BATCH_ROWS, BATCH_ROWS);
    }

    @Test
    void noMoreThanTwoJobsAreInTheHeap() throws Exception {
        Parcels parcels = parcels(Target.Strategy.JOB);
        assertThat(parcels.next().batch()).isPresent();
        assertThat(parcels.next().batch()).isPresent();
        assertWaits(parcels, true, 2 * JOB_ROWS, JOB_ROWS);
    }

    @Test
    void jobsUnderWayKeepNoBatchWaiting() {
        Parcels jobs = parcels(Target.Strategy.JOB);
        jobs.next();
        jobs.next();
        Parcels batches = parcels(Target.Strategy.BATCH);
        for (int i = 0; i < 4; i++) {
            assertThat(batches.next().batch()).isPresent();
        }
    }

    @Test
    void aPauseEndsTheWaitForAPlace() throws Exception {
        Parcels parcels = parcels(Target.Strategy.JOB);
        parcels.next();
        parcels.next();
        assertThat(parcels.hasNext()).isTrue();
        FutureTask<Parcel> promised = waiting(parcels);
        holds.paused(Set.of(new Scope.OnMapping(MAPPING)));
        assertThat(promised.get().batch()).isEmpty();
        assertThat(run.halted()).contains(new Halt("paused", ""));
        assertThat(parcels.hasNext()).isFalse();
    }

    /** Waits as a thread until a place is given back, and has read nothing of the next batch but its first row until then. */
    private void assertWaits(Parcels parcels, boolean job, int before, int more) throws Exception {
        FutureTask<Parcel> next = waiting(parcels);
        assertThat(read).hasValue(before + 1);
        slots.give(run, job);
        assertThat(next.get().batch().orElseThrow().writes()).hasSize(more);
        assertThat(read).hasValue(before + more + 1);
    }

    private static FutureTask<Parcel> waiting(Parcels parcels) {
        FutureTask<Parcel> next = new FutureTask<>(parcels::next);
        Thread thread = Thread.ofPlatform().daemon().start(next);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(next.isDone()).isFalse();
            Thread.onSpinWait();
        }
        return next;
    }
}
