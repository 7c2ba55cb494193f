package dev.caravan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many lives, each as its seed decides. {@code -Dcaravan.sim.seed=N} lives one of them again. */
class SimulationTest {

    private static final RouteScript ROUTES = RouteScript.of(Path.of("routes"));

    @Test
    void noInvariantIsBroken() {
        Long one = Long.getLong("caravan.sim.seed");
        long from = one == null ? Long.getLong("caravan.sim.from", 1) : one;
        long count = one == null ? Long.getLong("caravan.sim.count", 10_000) : 1;
        List<Life> bad = LongStream.range(from, from + count)
                .parallel()
                .mapToObj(SimulationTest::life)
                .filter(life -> !life.isSound())
                .limit(5)
                .toList();
        assertThat(bad).as(told(bad)).isEmpty();
    }

    private static Life life(long seed) {
        int workers = Integer.getInteger("caravan.sim.workers", Simulation.isShared(seed) ? 2 : 1);
        return Simulation.of(seed, ROUTES, new Plants(), workers > 1);
    }

    private static String told(List<Life> bad) {
        return bad.stream().map(Life::told).collect(Collectors.joining("\n", "\n", "\n"));
    }

    /** Two workers on one ledger, one of which stands still past its lease and goes on (I10). */
    @Test
    void twoHundredLeasesAreTakenOver() {
        int takeovers = 0;
        long seed = 0;
        while (takeovers < 200) {
            Life life = Simulation.of(++seed, ROUTES, new Plants(), true);
            assertThat(life.violations()).as(told(List.of(life))).isEmpty();
            takeovers += life.faults(Fault.TAKEOVER);
            assertThat(seed).as("seeds for %d takeovers", takeovers).isLessThan(2_000);
        }
    }

    /** In these lives a worker stands still between a commit and hearing of it, and another claims meanwhile (I10). */
    @ParameterizedTest
    @ValueSource(longs = {28_973, 250_007, 383_921, 576_665})
    void aCommitIsJudgedWhenItIsMade(long seed) {
        Life life = life(seed);
        assertThat(life.isSound()).as(life.told()).isTrue();
        assertThat(life.faults(Fault.STALL)).isPositive();
        assertThat(life.faults(Fault.TAKEOVER)).isPositive();
    }

    /** I19. That it is so on every JVM, {@link ScenarioReportTest} shows. */
    @Test
    void theSameSeedIsTheSameLife() {
        for (long seed = 1; seed <= 40; seed++) {
            assertThat(Simulation.of(seed, ROUTES, new Plants())).isEqualTo(Simulation.of(seed, ROUTES, new Plants()));
        }
    }

    /** {@code -Dcaravan.sim.count=100000} seeds {@code -Dcaravan.sim.from=1}, a line in {@code target/soak-simulation.txt} each 50,000. */
    @Test
    @Tag("soak")
    void manyLives() throws IOException, InterruptedException {
        Soak soak = new Soak(SimulationTest::life, Path.of("target/soak-simulation.txt"));
        List<String> wrong = soak.run(Long.getLong("caravan.sim.from", 1), Long.getLong("caravan.sim.count", 100_000));
        assertThat(wrong).isEmpty();
    }
}
