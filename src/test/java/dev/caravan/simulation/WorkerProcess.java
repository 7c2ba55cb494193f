package dev.caravan.simulation;

import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.MemorySpending;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.ApproveStep;
import dev.caravan.pipeline.BaseStep;
import dev.caravan.pipeline.CheckStep;
import dev.caravan.pipeline.ClaimStep;
import dev.caravan.pipeline.CutStep;
import dev.caravan.pipeline.Destinations;
import dev.caravan.pipeline.DiffStep;
import dev.caravan.pipeline.FailStep;
import dev.caravan.pipeline.GuardStep;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.LeaseWatch;
import dev.caravan.pipeline.LiveRuns;
import dev.caravan.pipeline.MapStep;
import dev.caravan.pipeline.Mode;
import dev.caravan.pipeline.OpenStep;
import dev.caravan.pipeline.Order;
import dev.caravan.pipeline.Parcel;
import dev.caravan.pipeline.ReadStep;
import dev.caravan.pipeline.RecoverStep;
import dev.caravan.pipeline.RunListener;
import dev.caravan.pipeline.Runs;
import dev.caravan.pipeline.SendStep;
import dev.caravan.pipeline.SettleStep;
import dev.caravan.pipeline.Shelf;
import dev.caravan.pipeline.Slots;
import dev.caravan.pipeline.Step;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.pipeline.TargetSession;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.recovery.Recovered;
import dev.caravan.run.Run;
import dev.caravan.run.Trigger;
import dev.caravan.scenario.steps.LastTold;
import dev.caravan.simulation.fake.MemoryEngine;
import dev.caravan.simulation.fake.MemoryLedger;
import dev.caravan.simulation.fake.MemoryShelf;
import dev.caravan.snapshot.Known;
import dev.caravan.source.Engine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker as a simulated process: the product's parts on the world's disks, its routes played by a script. */
final class WorkerProcess {

    private final World world;
    private final Scheduler scheduler;
    private final Host host;
    private final Plants plants;
    private final RouteScript script;
    private final MemoryEngine.Disk disk;
    private final MemoryEngine memory;
    private final LeaseWatch leases;
    private final Engine engine;
    private final Ledger ledger;
    private final Holds holds = new Holds();
    private final Runs runs;
    private final Time time;
    private final SendStep send = new SendStep();
    private final FailStep fail;
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<MappingId, TargetSession.Means> means = new HashMap<>();
    private final Map<MappingId, Mapping> mappings = new HashMap<>();
    private int running;

    WorkerProcess(World world, Host host, RouteScript script, Plants plants) {
        this.world = world;
        this.scheduler = world.scheduler();
        this.host = host;
        this.script = script;
        this.plants = plants;
        InstantSource clock = () -> scheduler.clock(host);
        this.time = new Time(clock, scheduler::now, scheduler::sleep, () -> new VirtualMonitor(scheduler));
        this.disk = world.isShared() ? new MemoryEngine.Disk() : world.engineDisk();
        this.memory = new MemoryEngine(disk, world.warehouse(), world.hook(host, (call, result) -> look()));
        this.engine = plants.engine(memory);
        this.ledger = ledger(clock);
        this.leases = new LeaseWatch(plants.leases(ledger), scheduler::now, clock);
        LiveRuns live = new LiveRuns(time.monitors().get(), leases);
        this.runs = new Runs(this::play, live, time.monitors());
        RunListener listener = listener();
        this.fail = new FailStep(ledger, clock, listener);
        steps.put("claim", new ClaimStep(ledger, live, clock));
        Shelf shelf = world.isShared()
                ? new MemoryShelf(disk, world.shelf(), world.hook(host, WorkerProcess::unseen))
                : Shelf.NONE;
        steps.put("open", new OpenStep(engine, destinations(), shelf));
        steps.put("recover", plants.recover(recovering(new RecoverStep(ledger, clock, listener))));
        steps.put("read", new ReadStep());
        steps.put("check", new CheckStep());
        steps.put("diff", new DiffStep());
        steps.put("map", new MapStep(ledger, definition -> fields(), clock));
        steps.put("guard", new GuardStep(ledger, clock));
        steps.put("base", new BaseStep(ledger));
        steps.put("approve", new ApproveStep(ledger));
        steps.put("cut", new CutStep(ledger));
        steps.put("settle", new SettleStep(ledger, clock, listener));
        world.syncs().forEach(sync -> mappings.put(sync.id(), Mappings.of(sync, plants, false)));
        pausesSeen();
    }

    private Ledger ledger(InstantSource clock) {
        if (!world.isShared()) {
            return plants.ledger(world.ledgerDisk(), clock, world.hook(host, WorkerProcess::unseen));
        }
        LeaseTimes times = new LeaseTimes(Duration.ofMinutes(5), Duration.ofSeconds(125));
        MemoryLedger.Owner owner = new MemoryLedger.Owner(host.name(), times, () -> scheduler.clock(world.outside()));
        Fencing fencing = new Fencing(world, host.name());
        return fencing.watched(
                plants.sharedLedger(world.ledgerDisk(), clock, world.hook(host, fencing::committed), owner));
    }

    private static void unseen(String call, @Nullable Object result) {}

    /** Renews the leases of its runs from time to time, as a worker does. */
    void renewing() {
        leases.pace()
                .ifPresent(pace -> scheduler.spawn(host, () -> {
                    while (true) {
                        scheduler.sleep(pace);
                        leases.renew();
                    }
                }));
    }

    Host host() {
        return host;
    }

    private void look() {
        world.syncs().forEach(sync -> world.oracle().snapshot(sync.id(), disk.held(sync.id())));
    }

    /** What its snapshot says that the destination holds. */
    Map<String, Known> held(MappingId id) {
        return disk.held(id);
    }

    /** Whether a run goes on here. */
    boolean isBusy() {
        return running > 0;
    }

    private Step recovering(Step recover) {
        return run -> {
            world.oracle().recovers(run.mapping().id());
            recover.on(run);
        };
    }

    private FieldSet fields() {
        return mappings.values().iterator().next().fields();
    }

    private RunListener listener() {
        return new RunListener() {
            @Override
            public void ended(Run run) {
                world.oracle().ended(run);
            }

            @Override
            public void recovered(MappingId mapping, Recovered recovered) {}

            @Override
            public void mismatch(Run run) {
                world.oracle().violated("I9", "the books of run " + run.id() + " do not balance");
            }
        };
    }

    private Destinations destinations() {
        return run -> new TargetSession(
                run,
                means.computeIfAbsent(run.mapping().id(), this::connected),
                leases.of(run.id(), plants.stop(holds.of(run.order()))));
    }

    private TargetSession.Means connected(MappingId id) {
        World.Sync sync = world.sync(id);
        Connection connection = new Connection(
                "crm-" + id,
                plants.destination(world.wire(), sync.idempotency()),
                plants.transport(new Network(world, id, sync.server(), host)),
                new ConnectionLimits(50, World.CONCURRENCY, 0.9),
                new MemorySpending(),
                time,
                world.random(),
                DeliveryMeters.NONE);
        return new TargetSession.Means(
                connection,
                new BatchDelivery(plants.deliveries(ledger), connection, time, world.random()),
                new ConversationDriver(scheduler::sleep),
                new Slots(World.CONCURRENCY, time.monitors()),
                plants.zombieWindow(sync.idempotency(), ModelDestination.ZOMBIE_WINDOW),
                new LastTold(),
                engine,
                ledger);
    }

    /** Looks at the ledger's pauses, as a worker does within a second. */
    void pausesSeen() {
        holds.paused(ledger.pauses().stream().map(Pause::scope).collect(Collectors.toSet()));
    }

    /** One run of a mapping; on a thread of this process. With a plan that a person approved, it delivers that. */
    void sync(MappingId id, Optional<Order.Approval> approval) {
        Order order = new Order(
                world.isCalm() ? Mappings.of(world.sync(id), plants, true) : Objects.requireNonNull(mappings.get(id)),
                approval.isPresent() ? Mode.APPROVAL : Mode.SYNC,
                approval.isPresent() ? Trigger.COMMAND : Trigger.SCHEDULE,
                Optional.empty(),
                approval,
                (step, done, total) -> {});
        running++;
        try {
            runs.execute(order);
        } catch (CaravanException e) {
            Code code = e.problems().getFirst().code();
            scheduler.note(code.text(), 0);
            if (code == Code.RUN_DEFECT || code == Code.RUN_ACCOUNTING) {
                world.oracle().violated("defect", e.problems().getFirst().oneLine());
            }
        } finally {
            running--;
        }
    }

    private Optional<Throwable> play(String route, SyncRun run) {
        FutureTask<Void> life = new FutureTask<>(() -> script.play(route, new Steps(run, Optional.empty())), null);
        life.run();
        try {
            life.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Died died) {
                throw died;
            }
            Throwable thrown = Objects.requireNonNull(e.getCause());
            fail.on(run, thrown);
            return Optional.of(thrown);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The steps of one run, or of one of its parcels. */
    private final class Steps implements RouteScript.Player {
        private final SyncRun run;
        private final Optional<Parcel> parcel;

        Steps(SyncRun run, Optional<Parcel> parcel) {
            this.run = run;
            this.parcel = parcel;
        }

        @Override
        public void step(String name) {
            world.crashPoint(host, "step " + name);
            scheduler.pass(name, run.id());
            if (name.equals("send")) {
                send.on(parcel.orElseThrow());
            } else {
                Objects.requireNonNull(steps.get(name), name).on(run);
                done(name);
            }
        }

        /** Notes which reading of the model a run goes by. */
        private void done(String name) {
            if (name.equals("read")) {
                world.reads().by(run.id(), host, run.mapping().id());
            } else if (name.equals("approve") && !run.isBaseMoved()) {
                world.reads()
                        .takenOver(
                                run.id(),
                                run.order().approval().orElseThrow().plan().run());
            }
        }

        @Override
        public boolean holds(String property) {
            return switch (property) {
                case "isSkipped" -> run.isSkipped();
                case "isDeliverable" -> run.isDeliverable();
                case "isBaseMoved" -> run.isBaseMoved();
                case "isDraftWanted" -> run.isDraftWanted();
                default -> throw new IllegalStateException(property);
            };
        }

        @Override
        public void split(String property, List<Object> parts) {
            int[] left = {0};
            for (Iterator<Parcel> each = run.parcels(); each.hasNext(); ) {
                Parcel next = each.next();
                left[0]++;
                scheduler.spawn(host, () -> {
                    try {
                        script.play(parts, new Steps(run, Optional.of(next)));
                    } finally {
                        left[0]--;
                    }
                });
            }
            while (left[0] > 0) {
                scheduler.await(() -> left[0] == 0, Duration.ofHours(1));
            }
        }
    }

    void kill() {
        host.kill();
        memory.kill();
    }

    static boolean appends(IdempotencyClass idempotency) {
        return idempotency == IdempotencyClass.B || idempotency == IdempotencyClass.E;
    }
}
