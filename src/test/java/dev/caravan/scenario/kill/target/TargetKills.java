package dev.caravan.scenario.kill.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Diagnosis.Level;
import dev.caravan.app.Doubtful;
import dev.caravan.app.Operations.Stands;
import dev.caravan.app.SyncReport;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.sandbox.spec.SandboxSpec;
import dev.caravan.scenario.TestBed;
import dev.caravan.scenario.kill.Child;
import dev.caravan.scenario.kill.LedgerFile;
import dev.caravan.scenario.kill.point.Victim;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Kills slim workers that deliver to one place, a day after the other; a whole worker goes on each time and is held against the place. */
final class TargetKills implements AutoCloseable {

    private static final int MOST_RUNS = 5;
    private static final int MOST_ROWS = 1_000_000;
    private static final int MOMENT = 20;
    private static final int WHILE = 300;

    /** What was lost has landed by then, or never will. */
    private static final Duration BETWEEN_RUNS = Duration.ofMinutes(15);

    private final Place place;
    private final RandomGenerator random;
    private final TestBed bed;
    private int day;
    private long killed;
    private long sentAgain;
    private long inDoubt;

    /**
     * Kills in a folder.
     *
     * @param random says at which passing of a point a worker is killed, and at which moment
     */
    TargetKills(Path folder, Place place, RandomGenerator random) throws IOException, SQLException {
        this.place = place;
        this.random = random;
        this.bed = TestBed.inOneTime(folder, SandboxSpec.defaults());
        bed.write(
                "caravan.yaml",
                "connections:\n  files: {connector: files, path: data}\n  there:\n    connector: " + place.connector()
                        + "\n" + place.connection(bed).indent(4));
        bed.write(
                "mappings/test.yaml",
                "model: {connection: files, path: rows.csv, key: id}\n" + place.mapping()
                        + "guardrails: {max_first_sync: 100000, max_changed: 100%, max_removed: 100%}\n");
    }

    /** Processes killed so far. */
    long killed() {
        return killed;
    }

    long sentAgain() {
        return sentAgain;
    }

    long inDoubt() {
        return inDoubt;
    }

    /** Kills a worker and looks at what comes of it. */
    void kill(Crash crash) throws IOException, InterruptedException, SQLException {
        dawn();
        int nth = 1 + random.nextInt(crash.most());
        String what = place.name() + ", day " + day + ", killed at " + crash + " (" + nth + ")";
        LedgerFile ledger = new LedgerFile(bed.folder().resolve("state/ledger.db"));
        LedgerFile.Mark mark = ledger.mark();
        try (Place.Looking looking = place.looking(bed)) {
            boolean died = die(what, crash.point(), nth, crash.dying());
            if (crash.second().isPresent()) {
                die(what, crash.second().get(), 1, Crash.Dying.NOTHING);
            }
            int crashes = crash.second().isPresent() ? 2 : 1;
            restart(what);
            long again = ledger.sentAgain(mark);
            assertThat(again).as(what).isLessThanOrEqualTo(crashes * place.onTheirWay());
            sentAgain += again;
            killed += died ? crashes : 0;
            looking.assertSound();
        }
        bed.restart();
    }

    /** A day on which nobody dies. */
    void peace() throws IOException, SQLException {
        dawn();
        restart(place.name() + ", day " + day);
        bed.restart();
    }

    private void dawn() {
        day++;
        bed.write(
                "data/rows.csv",
                model().entrySet().stream()
                        .map(row -> row.getKey() + "," + row.getKey() + "@example.com," + row.getValue() + "\n")
                        .collect(Collectors.joining("", "id,email,value\n", "")));
    }

    private Map<String, String> model() {
        return place.course().model(day, place.rows());
    }

    private boolean die(String what, String point, int nth, Crash.Dying dying)
            throws IOException, InterruptedException {
        Victim victim = new Victim(
                what,
                Child.of(
                        point.equals(WholeWorker.POINT) ? WholeWorker.class : TargetWorker.class,
                        bed.folder().toString(),
                        place.connector(),
                        Long.toString(bed.ahead().toNanos()),
                        point,
                        Integer.toString(nth)),
                bed.folder().resolve("stderr.txt"));
        switch (dying) {
            case NOTHING -> victim.killAt(point);
            case THE_OTHERS -> victim.killSoon(point, random.nextInt(MOMENT));
            case EVERYTHING -> {
                return victim.killLater(point, random.nextInt(WHILE));
            }
        }
        return true;
    }

    private void restart(String what) throws IOException, SQLException {
        // What is looked up and found missing may be most of what there is, which a guard has to be told of too.
        SyncReport last = settled(what, place.inDoubt() ? bed::settle : bed::sync);
        Set<String> doubts = doubts(what);
        if (place.inDoubt()) {
            inDoubt += doubts.size();
            looked(what, doubts);
        } else {
            assertThat(doubts).as(what).isEmpty();
            assertThat(last.requests()).as(what).isZero();
        }
        assertThat(missing(held(what), model())).as(what).isEmpty();
        assertThat(bed.operations().runs(Optional.of(TestBed.MAPPING), 1_000))
                .as(what)
                .allSatisfy(run -> assertThat(run.accounting().balances()).isTrue());
        assertThat(bed.diagnosis())
                .as(what)
                .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK));
    }

    /** Runs until nothing is left to do but what waits for a person. */
    private SyncReport settled(String what, Supplier<SyncReport> sync) {
        for (int runs = 1; runs <= MOST_RUNS; runs++) {
            SyncReport report = sync.get();
            assertThat(report.state()).as("%s: %s", what, report).isEqualTo("done");
            assertThat(report.accounting().rejected())
                    .as("%s: %s", what, report)
                    .isZero();
            bed.pass(BETWEEN_RUNS);
            // The first one may still ask, for all that the dead one knew of the target.
            if (runs > 1 && report.accounting().planned() == doubts(what).size()) {
                return report;
            }
        }
        throw new AssertionError(what + ": not settled after " + MOST_RUNS + " runs");
    }

    private Set<String> doubts(String what) {
        Stands waiting = bed.operations().rejected(Optional.of(TestBed.MAPPING), MOST_ROWS);
        Set<String> keys =
                waiting.doubtful().stream().map(Doubtful::shown).collect(Collectors.toCollection(TreeSet::new));
        assertThat((long) keys.size()).as(what).isEqualTo(waiting.inDoubt());
        return keys;
    }

    /** A person looks what is there of what is in doubt, and says so. */
    private void looked(String what, Set<String> doubts) throws IOException, SQLException {
        Map<String, String> held = held(what);
        Set<String> lost = new TreeSet<>(model().keySet());
        lost.removeAll(held.keySet());
        assertThat(doubts).as("%s: what is not there is listed", what).containsAll(lost);
        Set<String> arrived = new TreeSet<>(doubts);
        arrived.removeAll(lost);
        say(arrived, OnUnknown.DROP);
        say(lost, OnUnknown.RESEND);
        assertThat(settled(what, bed::settle).accounting().planned()).as(what).isZero();
    }

    private Map<String, String> held(String what) throws IOException, SQLException {
        try {
            return place.held(bed);
        } catch (AssertionError twice) {
            throw new AssertionError(what, twice);
        }
    }

    private void say(Set<String> keys, OnUnknown word) {
        if (!keys.isEmpty()) {
            bed.operations()
                    .replay(TestBed.MAPPING, keys, Optional.of(word), new Decision("ada", "looked", Instant.EPOCH));
        }
    }

    /** The first of the rows that one side has otherwise or not at all. */
    private static List<String> missing(Map<String, String> held, Map<String, String> model) {
        List<String> differences = new ArrayList<>();
        model.forEach((key, value) -> {
            if (!value.equals(held.get(key))) {
                differences.add(key + ": " + value + " is " + held.get(key));
            }
        });
        held.forEach((key, value) -> {
            if (!model.containsKey(key)) {
                differences.add(key + ": " + value + " is too much");
            }
        });
        return differences.subList(0, Math.min(differences.size(), 10));
    }

    @Override
    public void close() {
        bed.close();
    }
}
