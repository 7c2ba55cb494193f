package dev.caravan.scenario.kill.point;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.run.RunState;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.Quirks;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.kill.Child;
import dev.caravan.scenario.kill.LedgerFile;
import dev.caravan.scenario.kill.LedgerFile.Mark;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Kills slim workers on one sandbox, one after the other; each is started again here and held against the sandbox. */
final class PointKills implements AutoCloseable {

    private static final int ROWS = 30;
    private static final long MOST_SENT_AGAIN = (long) LeadWorker.CONCURRENCY * LeadWorker.BATCH_ROWS;

    private final Path root;
    private final RandomGenerator random;
    private final Sandbox sandbox;
    private Path folder;
    private Kind kind = Kind.A;
    private int number;
    private int version;
    private int writesBefore;
    private long killed;
    private long sentAgain;
    private long inDoubt;

    PointKills(Path root, RandomGenerator random) throws IOException {
        this.root = root;
        this.folder = root;
        this.random = random;
        this.sandbox = start();
    }

    /** A sandbox with a lead that has a unique key, and a plain one. */
    static Sandbox start() throws IOException {
        FieldSpec key = FieldSpec.builder("Key__c", FieldKind.TEXT)
                .length(40)
                .externalId(true)
                .unique(true)
                .build();
        FieldSpec plain = FieldSpec.builder("Ref__c", FieldKind.TEXT)
                .length(40)
                .externalId(true)
                .build();
        return Sandbox.start(
                SandboxSpec.defaults()
                        .withDailyLimit(100_000_000)
                        .withQuirks(new Quirks(true, true, Duration.ofMillis(1), 10_000))
                        .withObjects(ObjectSpec.of("Lead", key, plain)),
                0);
    }

    /** Processes killed so far. */
    long killed() {
        return killed;
    }

    /** Where the sandbox listens. */
    URI sandbox() {
        return sandbox.baseUri();
    }

    /** Figures of all kills. */
    String words() {
        return killed + " processes killed, " + sentAgain + " rows sent again, " + inDoubt
                + " rows held in doubt; 0 lost, 0 duplicate effects";
    }

    /** Kills one worker at a point and looks at what comes of it. */
    void kill(Spot spot) throws IOException, InterruptedException, SQLException {
        int nth = 1 + random.nextInt(spot.most());
        String what = spot.kind() + " " + spot.name() + " (" + spot.first() + " " + nth + ")";
        begin(spot.kind());
        LedgerFile file = new LedgerFile(folder.resolve("state/ledger.db"));
        Mark mark = file.mark();
        kill(what, spot.first(), nth);
        int crashes = 1;
        if (spot.second().isPresent()) {
            kill(what, spot.second().get(), 1);
            crashes++;
        }
        restart(what);
        long again = file.sentAgain(mark);
        if (kind != Kind.D) {
            assertThat(again).as(what).isLessThanOrEqualTo(crashes * MOST_SENT_AGAIN);
        }
        sentAgain += again;
        killed += crashes;
    }

    /** A later version of the same rows, or a new workspace. Rows that are inserted are there once only. */
    private void begin(Kind next) throws IOException {
        if (next != kind || next.inserts() || version == 0 || random.nextInt(4) == 0) {
            kind = next;
            sandbox.reset();
            folder = Files.createDirectories(root.resolve("bed" + number++));
            Files.createDirectories(folder.resolve("data"));
        }
        version++;
        List<String> lines = new ArrayList<>(List.of("id,value"));
        model().forEach((key, value) -> lines.add(key + "," + value));
        Files.write(folder.resolve("data/rows.csv"), lines);
        writesBefore = sandbox.writes().size();
    }

    private Map<String, String> model() {
        Map<String, String> model = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
            model.put("k%02d".formatted(i), "v" + version + "-" + i);
        }
        return model;
    }

    private void kill(String what, String point, int nth) throws IOException, InterruptedException {
        Victim victim = new Victim(
                what,
                Child.of(
                        LeadWorker.class,
                        folder.toString(),
                        sandbox.baseUri().toString(),
                        kind.name(),
                        point,
                        Integer.toString(nth)),
                folder.resolve("stderr.txt"));
        victim.killAt(point);
    }

    private void restart(String what) {
        try (SlimWorker worker = LeadWorker.of(folder, sandbox.baseUri(), kind, Tripwire.NONE)) {
            assertThat(worker.run().state()).as(what).isEqualTo(RunState.DONE);
            LeadWorker.lookUp(worker, kind);
            SyncRun last = worker.run();
            assertThat(last.state()).as(what).isEqualTo(RunState.DONE);
            List<String> doubts = worker.ledger().doubts(Kind.MAPPING).stream()
                    .map(Doubt::row)
                    .map(row -> row.key().display())
                    .toList();
            assertThat(last.accounting().planned()).as(what).isEqualTo(doubts.size());
            assertThat(last.accounting().held()).as(what).isEqualTo(doubts.size());
            if (kind != Kind.E) {
                assertThat(doubts).as(what).isEmpty();
                assertThat(last.requests()).as(what).isZero();
            }
            assertDelivered(what, doubts);
            assertThat(worker.ledger().runs(Optional.of(Kind.MAPPING), 1_000))
                    .as(what)
                    .allSatisfy(run -> assertThat(run.accounting().balances()).isTrue());
            inDoubt += doubts.size();
        }
    }

    private void assertDelivered(String what, List<String> doubts) {
        Map<String, String> there = new TreeMap<>();
        sandbox.records("Lead").forEach(lead -> {
            String before = there.put(
                    lead.path(kind.keyField()).asText(), lead.path("LastName").asText());
            assertThat(before).as("%s: a second %s", what, lead).isNull();
        });
        Map<String, String> missing = new TreeMap<>(model());
        missing.entrySet().removeAll(there.entrySet());
        assertThat(doubts).as(what).containsAll(missing.keySet());
        assertThat(model()).as(what).containsAllEntriesOf(there);
        Map<String, Long> effects = sandbox.writes().stream()
                .skip(writesBefore)
                .collect(Collectors.groupingBy(WriteEntry::id, HashMap::new, Collectors.counting()));
        if (kind != Kind.A) {
            assertThat(effects.values()).as(what).allMatch(times -> times == 1);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
