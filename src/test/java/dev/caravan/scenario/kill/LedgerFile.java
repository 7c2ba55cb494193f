package dev.caravan.scenario.kill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The ledger as a stranger reads it: SQL on the file, which stays as it is. */
public record LedgerFile(Path file) {

    /** Rows sent so far and the newest run, to tell later what came after. */
    public record Mark(long run) {}

    /**
     * A run that was cut off.
     *
     * @param intents batches that were begun
     * @param unanswered those of them without outcomes
     */
    public record Cut(long intents, long unanswered) {

        /** Whether the worker died between first intent and settle. */
        boolean inDelivery() {
            return intents > 0;
        }
    }

    public Mark mark() throws SQLException {
        return new Mark(Files.exists(file) ? number("SELECT coalesce(max(id), 0) FROM run") : 0);
    }

    /** The run after the mark that is still called running. */
    Cut cut(Mark since) throws SQLException {
        String running = "(SELECT max(id) FROM run WHERE state = 'RUNNING' AND id > " + since.run() + ")";
        return new Cut(
                number("SELECT count(*) FROM batch WHERE run = " + running),
                number("SELECT count(*) FROM batch b JOIN open_batch o ON o.batch = b.id WHERE run = " + running));
    }

    /** Rows that went out more than once since the mark. Of those that were found, the second time is on record alone. */
    public long sentAgain(Mark since) throws SQLException {
        return number("SELECT count(*) - count(DISTINCT r.subject) FROM batch_row r"
                + " JOIN plan_row p ON p.run = r.run AND p.ordinal = r.ordinal"
                + " WHERE json_extract(p.body, '$.cause') NOT IN ('FOUND', 'DROPPED') AND r.run > " + since.run());
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
