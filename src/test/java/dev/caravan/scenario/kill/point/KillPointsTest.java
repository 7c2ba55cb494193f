package dev.caravan.scenario.kill.point;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * SIGKILL at each named point of a run and of the recovery that follows, in classes A, B, D and E: nothing is lost, nothing takes effect
 * twice, what is in doubt is held and listed, and the books balance.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillPointsTest {

    private static final long SEED = Long.getLong("caravan.seed", System.nanoTime());

    @TempDir
    private Path folder;

    @Test
    void evenPoints() throws IOException, InterruptedException, SQLException {
        each(0);
    }

    @Test
    void oddPoints() throws IOException, InterruptedException, SQLException {
        each(1);
    }

    /** Every point {@code -Dcaravan.kills=20} times, from round {@code -Dcaravan.kills.from=0} on, a line in the report each time. */
    @Test
    @Tag("soak")
    void evenPointsManyTimes() throws IOException, InterruptedException, SQLException {
        many(0);
    }

    @Test
    @Tag("soak")
    void oddPointsManyTimes() throws IOException, InterruptedException, SQLException {
        many(1);
    }

    private void each(int half) throws IOException, InterruptedException, SQLException {
        System.out.println("Kills at points: -Dcaravan.seed=" + SEED);
        System.out.println(kill(half(Spot.each(0, false), half), SEED + half));
    }

    private void many(int half) throws IOException, InterruptedException, SQLException {
        int from = Integer.getInteger("caravan.kills.from", 0);
        for (int round = from; round < from + Integer.getInteger("caravan.kills", 20); round++) {
            System.out.printf(
                    "Kills at points: -Dcaravan.seed=%d -Dcaravan.kills.from=%d -Dcaravan.kills=1%n", SEED, round);
            long began = System.nanoTime();
            List<Spot> spots = half(Spot.each(round, true), half);
            String result = kill(spots, SEED + 2L * round + half);
            KillReport.add(
                    "seed %d, round %d, %s points (%d)"
                            .formatted(SEED, round, half == 0 ? "even" : "odd", spots.size()),
                    Duration.ofNanos(System.nanoTime() - began),
                    result);
        }
    }

    private static List<Spot> half(List<Spot> spots, int half) {
        List<Spot> some = new ArrayList<>();
        for (int i = half; i < spots.size(); i += 2) {
            some.add(spots.get(i));
        }
        return some;
    }

    private String kill(List<Spot> spots, long seed) throws IOException, InterruptedException, SQLException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (PointKills kills = new PointKills(Files.createTempDirectory(folder, "round"), random)) {
            for (Spot spot : spots) {
                kills.kill(spot);
            }
            return kills.words();
        }
    }
}
