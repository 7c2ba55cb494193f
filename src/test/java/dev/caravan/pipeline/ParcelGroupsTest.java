package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.Batches;
import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.Monitor;
import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.Cause;
import dev.caravan.plan.Given;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Place;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.run.Trigger;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Saves may travel beside each other; a removal waits until all of them have ended. */
class ParcelGroupsTest {

    private final Holds holds = new Holds();
    private SyncRun run;

    private Parcels parcels(PlannedWrite... rows) {
        Target target = new Target(
                "crm",
                "Thing",
                Target.Operation.UPSERT,
                TargetKey.of("Key"),
                new FieldSource.Column("key"),
                Target.OnRemoved.DELETE,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.BATCH,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
        Capabilities spec = Capabilities.all(
                EnumSet.of(Action.UPSERT, Action.INSERT, Action.UPDATE, Action.DELETE),
                new Capabilities.Ability(1, 0, 0, Optional.empty()));
        Batches batches = new Batches(
                Planned.pages(List.of(rows)), target, spec, new TargetSchema("Thing", List.of()), List.of(), row -> "");
        run = new SyncRun(
                new Order(
                        new Given().mapping(),
                        Mode.SYNC,
                        Trigger.COMMAND,
                        Optional.empty(),
                        Optional.empty(),
                        (step, done, total) -> {}),
                Monitor.real());
        return new Parcels(run, batches, new Slots(4, Monitor::real), holds.of(run.order()));
    }

    private static PlannedWrite row(long ordinal, Kind kind) {
        return new PlannedWrite(
                ordinal,
                new RowKey("s:" + ordinal),
                kind,
                Cause.MODEL,
                new Value.Text("k" + ordinal),
                "id" + ordinal,
                true,
                Map.of(),
                Map.of(),
                Row.EMPTY,
                ordinal,
                Map.of(),
                Optional.empty());
    }

    private static FutureTask<Parcel> cutting(Parcels parcels) throws InterruptedException {
        FutureTask<Parcel> next = new FutureTask<>(parcels::next);
        Thread thread = Thread.ofPlatform().daemon().start(next);
        while (thread.getState() != Thread.State.TIMED_WAITING && !next.isDone()) {
            Thread.onSpinWait();
        }
        return next;
    }

    @Test
    void aRemovalWaitsForEverySaveBeforeItWhateverBecameOfThat() throws Exception {
        Parcels parcels = parcels(row(0, Kind.REMOVE), row(1, Kind.ADD), row(2, Kind.CHANGE), row(3, Kind.REMOVE));
        parcels.next();
        parcels.next();
        assertThat(parcels.hasNext()).isTrue();
        FutureTask<Parcel> removal = cutting(parcels);
        run.underWay().arrived();
        assertThat(removal.isDone()).isFalse();
        run.underWay().arrived();
        assertThat(action(removal)).isEqualTo(Action.DELETE);
        assertThat(action(cutting(parcels)))
                .as("removals travel beside each other")
                .isEqualTo(Action.DELETE);
        assertThat(parcels.hasNext()).isFalse();
    }

    @Test
    void savesThatEndedBeforeAreNotWaitedForAgain() throws Exception {
        Parcels parcels = parcels(row(0, Kind.ADD), row(1, Kind.ADD), row(2, Kind.REMOVE));
        for (int i = 0; i < 2; i++) {
            parcels.next();
            run.underWay().arrived();
        }
        assertThat(action(cutting(parcels))).isEqualTo(Action.DELETE);
    }

    @Test
    void aStopEndsTheWaitForTheGroupBefore() throws Exception {
        Parcels parcels = parcels(row(0, Kind.ADD), row(1, Kind.REMOVE));
        parcels.next();
        FutureTask<Parcel> removal = cutting(parcels);
        holds.stop();
        assertThat(removal.get().batch()).isEmpty();
        assertThat(run.halted()).contains(new Halt("stopped", ""));
        assertThat(parcels.hasNext()).isFalse();
    }

    private static Action action(FutureTask<Parcel> cut) throws Exception {
        return cut.get().batch().orElseThrow().action();
    }
}
