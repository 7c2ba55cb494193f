package dev.caravan.scenario.network;

import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.model.Column;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.FailStep;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.RunListener;
import dev.caravan.pipeline.Slots;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.pipeline.TargetSession;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import dev.caravan.scenario.steps.LastTold;
import dev.caravan.scenario.steps.StepsInOrder;
import dev.caravan.simulation.fake.CommitHook;
import dev.caravan.simulation.fake.MemoryEngine;
import dev.caravan.simulation.fake.MemoryWarehouse;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The product's steps for one mapping, sending one batch after the other. Only the routes are missing, and the engine is in memory. */
final class Worker implements AutoCloseable {

    private final MappingId id;
    private final String table;
    private final Ledger ledger;
    private final MemoryWarehouse warehouse = new MemoryWarehouse();
    private final MemoryEngine.Disk disk = new MemoryEngine.Disk();
    private final MemoryEngine engine;
    private final StepsInOrder steps;
    private final FailStep fail;

    Worker(Mapping mapping, String table, Ledger ledger, Connection connection, Time time) {
        this.id = mapping.id();
        this.table = table;
        this.ledger = ledger;
        this.engine = new MemoryEngine(disk, warehouse, CommitHook.NONE);
        this.fail = new FailStep(ledger, time.clock(), RunListener.NONE);
        warehouse.create(table, List.of(new Column("id", ValueType.TEXT), new Column("value", ValueType.TEXT)));
        TargetSession.Means means = new TargetSession.Means(
                connection,
                new BatchDelivery(ledger, connection, time, new Random(1)),
                new ConversationDriver(time.sleeper()),
                new Slots(1, time.monitors()),
                connection.destination().spec().zombieWindow(),
                new LastTold(),
                engine,
                ledger);
        Destinations destinations = run -> new TargetSession(run, means, StopSignal.NEVER);
        this.steps = new StepsInOrder(
                mapping, ledger, engine, destinations, new LeaseWatch(ledger, time.nanos(), time.clock()), time, 1);
    }

    /**
     * A run that ended.
     *
     * @param books empty if it failed, or if it left a job open
     * @param unknown rows whose last outcome in this run is unknown
     * @param quiet whether it was done and had nothing to send: what is left to do waits for something else than another run
     */
    record Ended(Optional<Accounting> books, long unknown, boolean quiet) {}

    /** What the model holds from now on. */
    void model(Map<String, String> rows) {
        List<ModelRow> model = new ArrayList<>();
        rows.forEach((key, value) ->
                model.add(new ModelRow(new Row(Map.of("id", new Value.Text(key), "value", new Value.Text(value))))));
        warehouse.fill(table, model);
    }

    /** One run from claim to settle; one that cannot go on for want of the destination fails and is closed as such. */
    Ended run() {
        long before = ledger.lastSeq();
        SyncRun run = steps.begun();
        try {
            steps.play(run);
            boolean done = run.state() == RunState.DONE;
            boolean idle = run.plan().map(plan -> plan.summary().sent() == 0).orElse(false);
            boolean whole = run.state() != RunState.INTERRUPTED;
            return new Ended(
                    Optional.of(run.accounting()).filter(books -> whole), unknown(run.id(), before), done && idle);
        } catch (EnvironmentFailure later) {
            fail.on(run, later);
            return new Ended(Optional.empty(), 0, false);
        } finally {
            if (run.isOpen()) {
                run.session().close();
            }
        }
    }

    private long unknown(long run, long before) {
        Map<Long, Outcome> last = new HashMap<>();
        try (Stream<Recorded> outcomes = ledger.outcomesAfter(id, before)) {
            outcomes.filter(recorded -> recorded.run() == run)
                    .forEach(recorded -> last.put(recorded.row().ordinal(), recorded.outcome()));
        }
        return last.values().stream()
                .filter(outcome -> outcome instanceof Outcome.Unknown)
                .count();
    }

    /** Keys of the snapshot of which nobody knows what became of the last request. */
    Set<String> inDoubt() {
        return disk.inDoubt(id);
    }

    @Override
    public void close() {
        engine.close();
    }
}
