package dev.caravan.scenario.kill.point;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** The report of soaks that kill: a line for each part that came to its end. */
public final class KillReport {

    private KillReport() {}

    /** Adds a line: what was killed, at which commit, for how long, and what came of it. */
    public static void add(String part, Duration took, String result) throws IOException {
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("soak-kills.txt"),
                "%s, commit %s, JDK %s, %d s: %s%n"
                        .formatted(
                                part,
                                System.getProperty("caravan.commit", "unknown"),
                                Runtime.version(),
                                took.toSeconds(),
                                result),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
