package dev.caravan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle itself: every planted mistake is seen within a thousand lives. */
class PlantedBugsTest {

    private static final RouteScript ROUTES = RouteScript.of(Path.of("routes"));
    private static final int SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void isCaught(PlantedBug bug) {
        assertThat(LongStream.rangeClosed(1, SEEDS)
                        .mapToObj(seed -> Simulation.of(seed, ROUTES, bug.plants()))
                        .filter(result -> !result.violations().isEmpty())
                        .findFirst())
                .as("%s in %d seeds", bug, SEEDS)
                .isPresent();
    }
}
