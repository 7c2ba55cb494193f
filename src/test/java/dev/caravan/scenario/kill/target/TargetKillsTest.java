package dev.caravan.scenario.kill.target;

import dev.caravan.scenario.kill.point.KillReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * SIGKILL while rows are delivered to APIs by connectors that are files, to tables, to files and to topics: nothing is lost, nothing takes
 * effect twice that the destination can tell, what is in doubt is listed, and the books balance.
 */
@Execution(ExecutionMode.CONCURRENT)
class TargetKillsTest {

    private static final long SEED = Long.getLong("caravan.seed", System.nanoTime());

    private static final List<Supplier<Place>> APIS =
            List.of(Api::hubSpot, Api::zendesk, Api::webhook, Api::plainWebhook);
    private static final List<Supplier<Place>> TABLES =
            List.of(Table::upsert, Table::mirror, Table::append, Table::plainAppend);
    private static final List<Supplier<Place>> FILES =
            List.of(ExportFile::csv, ExportFile::jsonLines, ExportFile::parquet, ExportFile::events);
    private static final List<Supplier<Place>> TOPICS = List.of(Topic::mirror, Topic::append, Topic::plainAppend);

    @TempDir
    private Path folder;

    private long killed;
    private long sentAgain;
    private long inDoubt;

    @Test
    void declaredConnectors() throws IOException, InterruptedException, SQLException {
        afew("declared connectors", APIS);
    }

    @Test
    void tables() throws IOException, InterruptedException, SQLException {
        afew("tables", TABLES);
    }

    @Test
    void files() throws IOException, InterruptedException, SQLException {
        afew("files", FILES);
    }

    @Test
    void topics() throws IOException, InterruptedException, SQLException {
        afew("topics", TOPICS);
    }

    @Test
    @Tag("soak")
    void declaredConnectorsManyTimes() throws IOException, InterruptedException, SQLException {
        many("declared connectors", APIS);
    }

    @Test
    @Tag("soak")
    void tablesManyTimes() throws IOException, InterruptedException, SQLException {
        many("tables", TABLES);
    }

    @Test
    @Tag("soak")
    void filesManyTimes() throws IOException, InterruptedException, SQLException {
        many("files", FILES);
    }

    @Test
    @Tag("soak")
    void topicsManyTimes() throws IOException, InterruptedException, SQLException {
        many("topics", TOPICS);
    }

    /** At each place once at one of its own points; at one of them at a point that every run has and at a random moment too. */
    private void afew(String what, List<Supplier<Place>> places)
            throws IOException, InterruptedException, SQLException {
        System.out.println("Kills at " + what + ": -Dcaravan.seed=" + SEED);
        Random random = new Random(SEED);
        int more = random.nextInt(places.size());
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i).get();
            List<Crash> crashes = new ArrayList<>(List.of(one(place.crashes(), random)));
            if (i == more) {
                crashes.add(one(usual(place), random));
                crashes.add(random.nextBoolean() ? Crash.atRandom() : Crash.wholeAtRandom());
            }
            kill(place, crashes, random);
        }
        System.out.println(what + ": " + words());
    }

    private static List<Crash> usual(Place place) {
        List<Crash> usual = new ArrayList<>(Crash.ofAll(place.batches()));
        usual.addAll(Crash.twice(place.batches()));
        return usual;
    }

    private static Crash one(List<Crash> crashes, Random random) {
        return crashes.get(random.nextInt(crashes.size()));
    }

    /** Every point at each place, in another order each round, a line in the report for each place. */
    private void many(String what, List<Supplier<Place>> places)
            throws IOException, InterruptedException, SQLException {
        int from = Integer.getInteger("caravan.kills.from", 0);
        for (int round = from; round < from + Integer.getInteger("caravan.kills", 20); round++) {
            System.out.printf(
                    "Kills at %s: -Dcaravan.seed=%d -Dcaravan.kills.from=%d -Dcaravan.kills=1%n", what, SEED, round);
            Random random = new Random(SEED + round);
            for (Supplier<Place> each : places) {
                long began = System.nanoTime();
                Place place = each.get();
                List<Crash> crashes = new ArrayList<>(place.crashes());
                crashes.addAll(usual(place));
                crashes.addAll(Collections.nCopies(3, Crash.atRandom()));
                crashes.addAll(Collections.nCopies(3, Crash.wholeAtRandom()));
                Collections.shuffle(crashes, random);
                kill(place, crashes, random);
                KillReport.add(
                        "seed %d, round %d, %s".formatted(SEED, round, place.name()),
                        Duration.ofNanos(System.nanoTime() - began),
                        words());
            }
        }
    }

    private void kill(Place place, List<Crash> crashes, Random random)
            throws IOException, InterruptedException, SQLException {
        try (TargetKills kills = new TargetKills(Files.createTempDirectory(folder, "bed"), place, random)) {
            if (random.nextBoolean()) {
                kills.peace();
            }
            for (Crash crash : crashes) {
                kills.kill(crash);
            }
            killed += kills.killed();
            sentAgain += kills.sentAgain();
            inDoubt += kills.inDoubt();
        }
    }

    private String words() {
        String words = killed + " processes killed, " + sentAgain + " rows sent again, " + inDoubt
                + " rows held in doubt; 0 lost, 0 duplicate effects";
        killed = 0;
        sentAgain = 0;
        inDoubt = 0;
        return words;
    }
}
