package dev.caravan.scenario.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.kill.LedgerFile.Cut;
import dev.caravan.scenario.kill.LedgerFile.Mark;
import dev.caravan.scenario.kill.Rows.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kills workers one after the other: in a first sync, or on a day when every row changes. Each is started again and looked at. */
final class Kills implements AutoCloseable {

    /** Concurrency × the rows of a batch. */
    private static final long MOST_SENT_AGAIN = 4 * 200;

    private final Path root;
    private final String strategy;
    private final Function<RandomGenerator, Moment> moments;
    private final int twiceIn;
    private final RandomGenerator random;
    private final SandboxSpec spec = KillBed.spec();
    private final Sandbox sandbox;
    private KillBed bed;
    private int version;
    private int number;
    private long missed;
    private long intents;
    private long unanswered;
    private long sentAgain;

    /**
     * Kills in a folder.
     *
     * @param twiceIn one of so many restarted workers is killed too; 0 for none
     */
    Kills(Path root, String strategy, Function<RandomGenerator, Moment> moments, int twiceIn) throws IOException {
        long seed = Long.getLong("caravan.seed", System.nanoTime());
        System.out.println("Kills of " + strategy + ": -Dcaravan.seed=" + seed);
        this.root = root;
        this.strategy = strategy;
        this.moments = moments;
        this.twiceIn = twiceIn;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.sandbox = Sandbox.start(spec, 0);
        this.bed = fresh();
    }

    /** Kills so many workers between first intent and settle. */
    void times(int kills) throws IOException, InterruptedException, SQLException {
        for (int killed = 0; killed < kills; ) {
            if (version > 0 && random.nextBoolean()) {
                delete(bed.folder());
                bed = fresh();
            }
            if (one()) {
                killed++;
            } else {
                missed++;
                assertThat(missed)
                        .as("workers that were done before they were killed")
                        .isLessThan(10L + kills);
            }
        }
        System.out.println(kills + " workers killed while they delivered " + Rows.COUNT + " rows (" + strategy + "), "
                + missed
                + " more were done before: " + intents + " intents, " + unanswered + " of them without outcomes, "
                + sentAgain + " rows sent again; nothing lost, no duplicate, no snapshot ahead");
    }

    /** Kills one worker and starts a service, which nobody asks for anything. */
    void takenUpByAService() throws IOException, InterruptedException, SQLException {
        version++;
        bed.model(version);
        Mark before = bed.ledger().mark();
        bed.kill(moments.apply(random), true);
        assertThat(bed.ledger().cut(before).inDelivery()).isTrue();
        try (Worker worker = Worker.open(bed.folder(), KilledWorker.in(bed.environment(), WorkerOptions.service()))) {
            Run newest;
            do {
                Thread.sleep(20);
                newest = worker.operations()
                        .runs(Optional.of(KilledWorker.MAPPING), 1)
                        .getFirst();
            } while (newest.state() == RunState.RUNNING || newest.trigger() != Trigger.RECOVERY);
            assertThat(newest.state()).isEqualTo(RunState.DONE);
            assertDelivered("taken up");
        }
    }

    private KillBed fresh() throws IOException {
        sandbox.reset();
        version = 0;
        return new KillBed(
                Files.createDirectory(root.resolve("bed" + number++)), sandbox, spec, strategy, random.nextBoolean());
    }

    private boolean one() throws IOException, InterruptedException, SQLException {
        version++;
        bed.model(version);
        Mark before = bed.ledger().mark();
        Moment moment = moments.apply(random);
        bed.kill(moment, true);
        Cut cut = bed.ledger().cut(before);
        if (!cut.inDelivery()) {
            converge();
            return false;
        }
        String what = strategy + " killed at " + moment + ", " + cut;
        assertSnapshotBehind(what);
        int crashes = 1;
        if (twiceIn > 0 && random.nextInt(twiceIn) == 0) {
            Moment second = Moment.duringRecovery(random);
            what += ", again at " + second;
            bed.kill(second, false);
            assertSnapshotBehind(what);
            crashes++;
        }
        restart(what);
        assertThat(Rows.differences(SnapshotCopy.claims(bed.snapshots(), root), Rows.of(version)))
                .as(what)
                .isEmpty();
        long again = bed.ledger().sentAgain(before);
        if (strategy.equals("batch")) {
            assertThat(again).as(what).isLessThanOrEqualTo(crashes * MOST_SENT_AGAIN);
        }
        intents += cut.intents();
        unanswered += cut.unanswered();
        sentAgain += again;
        return true;
    }

    /** A worker that was not caught in delivery: what it did not do is done now. */
    private void converge() {
        try (Worker worker = KilledWorker.open(bed.folder(), bed.environment())) {
            assertThat(KilledWorker.settle(worker.operations(), Progress.NONE).state())
                    .isEqualTo("done");
        }
        assertDelivered("missed");
    }

    /** A plain sync, no second approval. */
    private void restart(String what) {
        try (Worker worker = KilledWorker.open(bed.folder(), bed.environment())) {
            SyncReport report = worker.operations().sync(KilledWorker.MAPPING, Progress.NONE);
            assertThat(report.state()).as("%s: %s", what, report).isEqualTo("done");
            assertDelivered(what);
            SyncReport again = worker.operations().sync(KilledWorker.MAPPING, Progress.NONE);
            assertThat(again.accounting().planned()).as(what).isZero();
            assertThat(again.requests()).as(what).isZero();
            List<Run> runs = worker.operations().runs(Optional.of(KilledWorker.MAPPING), 1_000);
            assertThat(runs)
                    .as(what)
                    .allSatisfy(run -> assertThat(run.accounting().balances())
                            .as("%s", run)
                            .isTrue());
        }
    }

    private void assertDelivered(String what) {
        assertThat(Rows.differences(records(), Rows.of(version))).as(what).isEmpty();
        assertThat(sandbox.records("Lead")).as(what).hasSize(Rows.COUNT);
        Map<String, Long> inserts = sandbox.writes().stream()
                .filter(write -> write.operation().equals("insert"))
                .collect(Collectors.groupingBy(WriteEntry::key, Collectors.counting()));
        assertThat(inserts.entrySet().stream().filter(key -> key.getValue() > 1))
                .as(what)
                .isEmpty();
    }

    /** What the snapshot says that the destination holds, it holds, or something newer. */
    private void assertSnapshotBehind(String what) throws IOException, SQLException {
        Map<String, Content> there = records();
        SnapshotCopy.claims(bed.snapshots(), root).forEach((id, claimed) -> {
            Content found = there.get(id);
            assertThat(found).as("%s: %s claimed", what, id).isNotNull();
            if (found != null && found.version() == claimed.version()) {
                assertThat(found).as("%s: %s", what, id).isEqualTo(claimed);
            } else if (found != null) {
                assertThat(found.version()).as("%s: %s", what, id).isGreaterThan(claimed.version());
            }
        });
    }

    private Map<String, Content> records() {
        Map<String, Content> rows = new TreeMap<>();
        for (ObjectNode lead : sandbox.records("Lead")) {
            rows.put(
                    lead.path("Row_Id__c").asText(),
                    new Content(
                            lead.path("Version__c").asInt(),
                            lead.path("Score__c").decimalValue().setScale(2).toPlainString()));
        }
        return rows;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
