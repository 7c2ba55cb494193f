package dev.caravan.scenario.kill.point;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process with a {@link Tripwire}, to be killed.
 *
 * @param what it is, for who reads that something went wrong
 * @param errors where its standard error goes
 */
public record Victim(String what, ProcessBuilder process, Path errors) {

    /** Kills it where it stands. */
    public void killAt(String point) throws IOException, InterruptedException {
        kill(point, 0, false);
    }

    /** Kills it so many milliseconds after one of its threads has come to a point and stands there; the others go on meanwhile. */
    public void killSoon(String point, long millis) throws IOException, InterruptedException {
        kill(point, millis, false);
    }

    /**
     * Kills it so many milliseconds after it has passed a point.
     *
     * @return whether it was not done before
     */
    public boolean killLater(String point, long millis) throws IOException, InterruptedException {
        return kill(point, millis, true);
    }

    private boolean kill(String point, long millis, boolean goesOn) throws IOException, InterruptedException {
        Process started = process.redirectError(errors.toFile()).start();
        try (BufferedReader said = started.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.startsWith("at ") && !line.startsWith("ended ")) {
                line = said.readLine();
            }
            assertThat(line).as("%s: %s", what, Files.readString(errors)).isEqualTo("at " + point);
            if (goesOn) {
                started.getOutputStream().write('\n');
                started.getOutputStream().flush();
            }
            Thread.sleep(millis);
            return started.isAlive();
        } finally {
            started.destroyForcibly().waitFor();
        }
    }
}
