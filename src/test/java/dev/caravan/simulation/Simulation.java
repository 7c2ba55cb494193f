package dev.caravan.simulation;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.pipeline.Order;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** One life of a worker and its destinations, decided by a seed: trouble first, then peace, in which all must come right. */
final class Simulation {

    /** So many faults at least. */
    static final int FAULTS = 20;

    private static final int MOST_ROUNDS = 120;
    private static final int FEWEST_ROUNDS = 3;
    private static final int QUIET_ROUNDS = 8;

    private final World world;
    private final RouteScript script;
    private final Plants plants;
    private final RandomGenerator random;
    private int workers;
    private int rounds;
    private final List<WorkerProcess> processes = new ArrayList<>();
    private @Nullable WorkerProcess newest;
    private @Nullable WorkerProcess rival;

    private Simulation(long seed, RouteScript script, Plants plants, boolean shared) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 0x9E3779B97F4A7C15L + 17);
        this.world = new World(random, plants, shared);
        this.script = script;
        this.plants = plants;
        classes(seed).forEach(world::add);
    }

    /** The classes that a seed is about: all in turn, now and then two at once. */
    static List<IdempotencyClass> classes(long seed) {
        IdempotencyClass[] all = {
            IdempotencyClass.A, IdempotencyClass.B, IdempotencyClass.C, IdempotencyClass.D, IdempotencyClass.E
        };
        IdempotencyClass first = all[(int) Math.floorMod(seed, (long) all.length)];
        return seed % 7 == 0 ? List.of(first, all[(int) Math.floorMod(seed / 7, (long) all.length)]) : List.of(first);
    }

    /** Whether two workers share the ledger in this seed's life. */
    static boolean isShared(long seed) {
        return seed % 6 == 5;
    }

    static Life of(long seed, RouteScript script, Plants plants) {
        return of(seed, script, plants, isShared(seed));
    }

    /**
     * One life.
     *
     * @param shared whether two workers share the ledger
     */
    static Life of(long seed, RouteScript script, Plants plants, boolean shared) {
        return new Simulation(seed, script, plants, shared).life(seed);
    }

    private Life life(long seed) {
        try {
            world.scheduler().run(world.outside(), this::live);
        } catch (IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            StackTraceElement[] stack = cause.getStackTrace();
            world.oracle().violated("defect", cause + (stack.length > 0 ? " at " + stack[0] : ""));
        }
        List<Run> runs = world.syncs().stream()
                .flatMap(sync -> world.books().runs(Optional.of(sync.id()), 1_000).stream())
                .toList();
        return new Life(
                seed,
                classes(seed),
                world.isShared(),
                world.scheduler().hash(),
                world.scheduler().steps(),
                rounds,
                runs.size(),
                world.requests(),
                Collections.unmodifiableMap(world.faults()),
                Collections.unmodifiableMap(world.crashes()),
                runs.stream().map(Run::accounting).reduce(Accounting.NONE, Life::sum),
                world.oracle().violations());
    }

    private void live() {
        WorkerProcess process = start();
        while (rounds < MOST_ROUNDS && (rounds < 5 || world.struck() < FAULTS) && sound()) {
            process = round(process);
        }
        if (sound()) {
            peace(process);
        }
        world.scheduler().abandon();
    }

    private boolean sound() {
        return world.oracle().violations().isEmpty();
    }

    private WorkerProcess start() {
        Host host = new Host("worker" + ++workers);
        // The clock is the machine's, not the process's.
        host.jump(Optional.ofNullable(newest)
                .map(WorkerProcess::host)
                .map(Host::clockError)
                .orElse(Duration.ZERO));
        newest = new WorkerProcess(world, host, script, plants);
        newest.renewing();
        processes.add(newest);
        return newest;
    }

    /** A second worker tries the same, and one of the two stands still for a while, past its lease perhaps. */
    private void rivals(WorkerProcess process) {
        if (rival == null || rival.host().isDead()) {
            rival = start();
        }
        WorkerProcess other = Objects.requireNonNull(rival);
        for (World.Sync sync : world.syncs()) {
            Duration wait = Duration.ofMillis(random.nextInt(600_000));
            world.scheduler().spawn(other.host(), () -> {
                world.scheduler().sleep(wait);
                other.sync(sync.id(), Optional.empty());
            });
        }
        if (random.nextInt(3) == 0) {
            WorkerProcess still = random.nextBoolean() ? process : other;
            Duration wait = Duration.ofMillis(random.nextInt(5_000));
            long most = Duration.ofMinutes(15).toNanos();
            world.scheduler().spawn(world.outside(), () -> {
                world.scheduler().sleep(wait);
                if (!still.host().isDead()) {
                    struckIf(still.isBusy(), Fault.STALL);
                    still.host().stall(world.scheduler().now() + random.nextLong(most));
                }
            });
        }
    }

    /** Where nothing was going on it was no fault. */
    private void struckIf(boolean busy, Fault fault) {
        if (busy) {
            world.struck(fault);
        }
    }

    private void pausesSeen() {
        processes.stream().filter(each -> !each.host().isDead()).forEach(WorkerProcess::pausesSeen);
    }

    private WorkerProcess round(WorkerProcess process) {
        rounds++;
        for (World.Sync sync : world.syncs()) {
            sync.rows().mutate();
            if (sync.server().looksUp() && random.nextInt(3) == 0) {
                sync.rows().any().ifPresent(row -> sync.server().somebodyElse(row.getKey(), row.getValue()));
            }
        }
        if (!world.isShared() && random.nextInt(8) == 0) {
            jump(process.host());
        }
        if (random.nextInt(10) == 0) {
            pauseLater();
        }
        WorkerProcess after = runAll(process);
        world.scheduler()
                .sleep(Duration.ofMillis(random.nextLong(Duration.ofMinutes(12).toMillis())));
        return after;
    }

    /**
     * The clock is put back, by up to an hour, or on by some seconds. Not where two workers would then disagree by minutes; and where the
     * destination forgets dedupe keys, not by more than what is left for clocks.
     */
    private void jump(Host host) {
        world.struck(Fault.CLOCK);
        long by = random.nextInt(4) == 0 ? 1 + random.nextInt(29) : -1 - random.nextInt(3_600);
        boolean forgets = world.syncs().stream().anyMatch(sync -> sync.idempotency() == IdempotencyClass.B);
        long error = host.clockError().toSeconds();
        host.jump(Duration.ofSeconds(forgets ? Math.clamp(error + by, -300, 30) - error : by));
    }

    /** Somebody pauses everything in the middle of it, and lifts it again later. */
    private void pauseLater() {
        Duration wait = Duration.ofMillis(random.nextInt(20_000));
        Duration held = Duration.ofMillis(random.nextInt(90_000));
        world.scheduler().spawn(world.outside(), () -> {
            world.scheduler().sleep(wait);
            struckIf(processes.stream().anyMatch(WorkerProcess::isBusy), Fault.PAUSE);
            Decision decision = new Decision("ann", "", Scheduler.START);
            world.books().pause(new Scope.All(), decision);
            world.oracle().paused(true);
            world.scheduler().sleep(Duration.ofMillis(900));
            pausesSeen();
            world.scheduler().sleep(held);
            world.oracle().paused(false);
            world.books().resume(new Scope.All(), decision);
            pausesSeen();
        });
    }

    /** A run of every mapping at once; a new process where this one died. */
    private WorkerProcess runAll(WorkerProcess process) {
        if (world.isShared() && !world.isCalm()) {
            rivals(process);
        }
        int[] left = {world.syncs().size()};
        for (World.Sync sync : world.syncs()) {
            Optional<Order.Approval> approval = approval(sync.id());
            world.scheduler().spawn(process.host(), () -> {
                try {
                    process.sync(sync.id(), approval);
                } finally {
                    left[0]--;
                }
            });
        }
        while (left[0] > 0 && !process.host().isDead()) {
            world.scheduler().await(() -> left[0] == 0 || process.host().isDead(), Duration.ofHours(2));
        }
        if (!process.host().isDead()) {
            return process;
        }
        process.kill();
        world.scheduler()
                .sleep(Duration.ofMillis(random.nextLong(Duration.ofMinutes(3).toMillis())));
        return start();
    }

    /** Now and then somebody looks at what waits, and allows it. */
    private Optional<Order.Approval> approval(MappingId id) {
        return world.books()
                .heldPlan(id)
                .filter(plan -> world.isCalm() || random.nextBoolean())
                .map(plan -> new Order.Approval(plan, new Decision("ann", "", Scheduler.START)));
    }

    /** Nothing goes wrong any more: all that can come right does (I1), and then nothing is sent (I12). */
    private void peace(WorkerProcess old) {
        world.calm();
        old.host().right();
        world.scheduler().sleep(Duration.ofMinutes(75));
        WorkerProcess process = old;
        for (World.Sync sync : world.syncs()) {
            sync.rows().heal();
        }
        long before = -1;
        for (int i = 0; i < FEWEST_ROUNDS || (i < QUIET_ROUNDS && (before != world.writesSent() || waits())); i++) {
            before = world.writesSent();
            if (i > 0) {
                world.syncs().forEach(this::lookedAt);
            }
            process = runAll(process);
            world.scheduler().sleep(Duration.ofMinutes(11));
            world.syncs().forEach(sync -> sync.server().finishJobs());
        }
        if (before != world.writesSent()) {
            world.oracle().violated("I12", "writes go on though nothing changes");
        }
        for (World.Sync sync : world.syncs()) {
            new Judgement(world.oracle(), sync, world.books().doubts(sync.id()), process.held(sync.id())).judge();
            world.oracle().closed(sync.id());
        }
    }

    /** Whether a plan waits for somebody to allow it: what it holds back cannot have come right yet. */
    private boolean waits() {
        return world.syncs().stream()
                .anyMatch(sync -> world.books().heldPlan(sync.id()).isPresent());
    }

    /** A person looks at the destination for what is in doubt: where the repetition was refused, nothing else leads on. */
    private void lookedAt(World.Sync sync) {
        if (sync.idempotency() != IdempotencyClass.B) {
            return;
        }
        for (Deliveries.Doubt doubt : world.books().doubts(sync.id())) {
            boolean there =
                    sync.server().records().containsKey(doubt.row().targetKey().text());
            Target.OnUnknown word = there ? Target.OnUnknown.DROP : Target.OnUnknown.RESEND;
            world.books().say(sync.id(), Set.of(doubt.row().key()), word, new Decision("ann", "", Scheduler.START));
        }
    }
}
