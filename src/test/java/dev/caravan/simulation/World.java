package dev.caravan.simulation;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.simulation.fake.CommitHook;
import dev.caravan.simulation.fake.MemoryEngine;
import dev.caravan.simulation.fake.MemoryLedger;
import dev.caravan.simulation.fake.MemoryShelf;
import dev.caravan.simulation.fake.MemoryWarehouse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What outlives every process: time, disks, the warehouse, the servers, and what happened. */
final class World {

    static final int CONCURRENCY = 2;
    private static final int CRASH_ONE_IN = 90;

    private final RandomGenerator random;
    private final Plants plants;
    private final boolean shared;
    private final MemoryShelf.Shared shelf = new MemoryShelf.Shared();
    private int takeovers;
    private final Scheduler scheduler;
    private final Wire wire = new Wire();
    private final Host outside = new Host("outside");
    private final MemoryLedger.Disk ledgerDisk = new MemoryLedger.Disk();
    private final MemoryEngine.Disk engineDisk = new MemoryEngine.Disk();
    private final MemoryWarehouse warehouse = new MemoryWarehouse();
    private final Ledger books;
    private final Oracle oracle;
    private final List<Sync> syncs = new ArrayList<>();
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final TreeMap<String, Integer> crashes = new TreeMap<>();
    private final Reads reads = new Reads();
    private boolean faulty = true;
    private int crashesLeft;
    private long writesSent;
    private long requests;

    /** One mapping, its model and its server. */
    record Sync(MappingId id, IdempotencyClass idempotency, ModelRows rows, Server server) {}

    /**
     * A world with nothing in it.
     *
     * @param shared whether two workers share the ledger, so that leases run out
     */
    World(RandomGenerator random, Plants plants, boolean shared) {
        this.shared = shared;
        this.plants = plants;
        this.random = random;
        this.scheduler = new Scheduler(random);
        this.books = new MemoryLedger(ledgerDisk, () -> scheduler.clock(outside), CommitHook.NONE);
        this.oracle = new Oracle(scheduler, books, reads, CONCURRENCY);
        this.crashesLeft = random.nextInt(6);
        warehouse.watch(this::read);
    }

    Sync add(IdempotencyClass idempotency) {
        MappingId id = new MappingId("m" + syncs.size());
        boolean appends = idempotency == IdempotencyClass.B || idempotency == IdempotencyClass.E;
        Sync sync = new Sync(
                id,
                idempotency,
                new ModelRows(warehouse, id.value(), random, !appends, plants),
                new Server(id, idempotency, wire, oracle, scheduler, outside, random));
        syncs.add(sync);
        return sync;
    }

    List<Sync> syncs() {
        return syncs;
    }

    Sync sync(MappingId id) {
        return Objects.requireNonNull(
                syncs.stream().filter(each -> each.id().equals(id)).findFirst().orElse(null));
    }

    boolean appendsWithoutKey(MappingId id) {
        return sync(id).idempotency() == IdempotencyClass.E;
    }

    RandomGenerator random() {
        return random;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Wire wire() {
        return wire;
    }

    Oracle oracle() {
        return oracle;
    }

    Host outside() {
        return outside;
    }

    MemoryLedger.Disk ledgerDisk() {
        return ledgerDisk;
    }

    MemoryEngine.Disk engineDisk() {
        return engineDisk;
    }

    MemoryWarehouse warehouse() {
        return warehouse;
    }

    /** The ledger as nobody sees it read. */
    Ledger books() {
        return books;
    }

    /** Whether this request is struck. */
    boolean faulty() {
        return faulty && random.nextInt(100) < 35;
    }

    /** A fault happened. */
    void struck(Fault kind) {
        faults.merge(kind, 1, Integer::sum);
    }

    int struck() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<Fault, Integer> faults() {
        return faults;
    }

    Map<String, Integer> crashes() {
        return crashes;
    }

    /** From now on nothing goes wrong any more. */
    void calm() {
        faulty = false;
        syncs.forEach(sync -> sync.server().calm());
    }

    private void read(String table, boolean whole) {
        if (whole) {
            MappingId id = new MappingId(table);
            reads.read(scheduler.host(), id, sync(id).rows().rows().keySet());
        } else {
            struck(Fault.READ);
        }
    }

    /** What runs have read. */
    Reads reads() {
        return reads;
    }

    /** Whether two workers share the ledger. */
    boolean isShared() {
        return shared;
    }

    MemoryShelf.Shared shelf() {
        return shelf;
    }

    /** A mapping was claimed while another worker was still at it. */
    void takenOver() {
        takeovers++;
        struck(Fault.TAKEOVER);
    }

    int takeovers() {
        return takeovers;
    }

    boolean isCalm() {
        return !faulty;
    }

    void sent(boolean rows) {
        requests++;
        writesSent += rows ? 1 : 0;
    }

    /** Requests of any kind that left a worker. */
    long requests() {
        return requests;
    }

    long writesSent() {
        return writesSent;
    }

    /** A place where a process may die. */
    void crashPoint(Host host, String name) {
        scheduler.note(name, 1);
        if (host.isDead()) {
            throw new Died();
        }
        if (faulty && crashesLeft > 0 && random.nextInt(CRASH_ONE_IN) == 0) {
            crashesLeft--;
            struck(Fault.CRASH);
            crashes.merge(name, 1, Integer::sum);
            host.kill();
            throw new Died();
        }
    }

    /**
     * The commits of a process, each a place where it may die, before or after.
     *
     * @param told of each in the order in which they are made, with what came of the call
     */
    CommitHook hook(Host host, BiConsumer<String, @Nullable Object> told) {
        return new CommitHook() {
            @Override
            public void beforeCommit(String call) {
                crashPoint(host, "before " + call);
            }

            @Override
            public void committed(String call, @Nullable Object result) {
                told.accept(call, result);
            }

            @Override
            public void afterCommit(String call) {
                crashPoint(host, "after " + call);
                scheduler.pass(call, 0);
            }
        };
    }
}
