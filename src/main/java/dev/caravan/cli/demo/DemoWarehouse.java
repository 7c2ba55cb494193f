package dev.caravan.cli.demo;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The demo's warehouse: one DuckDB file with the table {@code lead_scores}. What is in it follows from a seed alone. The file is
 * open only while a day is written.
 */
final class DemoWarehouse {

    private final Path file;
    private final long seed;

    DemoWarehouse(Path file, long seed) {
        this.file = file;
        this.seed = seed;
    }

    /** 20,000 scored leads. */
    void firstDay() {
        run("first-day.sql");
    }

    /** What a day brings: scores that move, new leads, some that go, and rows that are not as they should be. */
    void ordinaryDay() {
        run("ordinary-day.sql");
    }

    /** A retrained model that rates nearly everybody the same, and the clean-up of yesterday's bad rows. */
    void brokenModelDay() {
        run("broken-model-day.sql");
    }

    private void run(String script) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("set variable seed = " + seed);
            statement.execute(text(script));
        } catch (SQLException | IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO,
                    "the demo's warehouse " + file + " could not be written",
                    "check the disk and the folder's rights"));
        }
    }

    private static String text(String script) throws IOException {
        try (InputStream stream = DemoWarehouse.class.getResourceAsStream(script)) {
            if (stream == null) {
                throw new IOException(script);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
