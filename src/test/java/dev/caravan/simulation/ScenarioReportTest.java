package dev.caravan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The scenario report that is checked in is what the simulation says today, on every JVM, JDK and number of processors (I19). Where it
 * is not, behaviour changed: look at the diff, write it anew, and let the commit say why.
 */
class ScenarioReportTest {

    private static final Path FILE = Path.of("src/test/resources/dev/caravan/simulation/scenarios.txt");
    private static final String COMMAND = "mvn -Pquick test -Dtest=ScenarioReportTest -Dcaravan.sim.report=write";
    private static final int SEEDS = 120;
    private static final int MOST_SHOWN = 6;

    @Test
    void isAsCheckedIn() throws IOException {
        RouteScript routes = RouteScript.of(Path.of("routes"));
        List<Life> lives = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Simulation.of(seed, routes, new Plants()))
                .toList();
        String now = ScenarioReport.of(lives, COMMAND);
        if (System.getProperty("caravan.sim.report", "").equals("write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, now);
        }
        List<String> differences =
                differences(Files.readAllLines(FILE), now.lines().toList());
        assertThat(differences)
                .as("The simulation lives other lives than %s says. If it should, write it anew: %s", FILE, COMMAND)
                .isEmpty();
    }

    private static List<String> differences(List<String> before, List<String> now) {
        List<String> lines = new ArrayList<>();
        int different = 0;
        for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
            String was = i < before.size() ? before.get(i) : "";
            String is = i < now.size() ? now.get(i) : "";
            if (!was.equals(is) && ++different <= MOST_SHOWN) {
                lines.add("\n- " + was + "\n+ " + is);
            }
        }
        if (different > MOST_SHOWN) {
            lines.add("\nand " + (different - MOST_SHOWN) + " lines more");
        }
        return lines;
    }
}
