package dev.caravan.transport.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open and idle. A new one is made by whoever needs it, so that its failure is told at once and never repeated in
 * the background: a wrong password that is tried again and again locks an account. Thread-safe.
 */
final class Lines {

    private static final int LOOK_AGAIN_AFTER_SECONDS = 5;

    private final JdbcSettings settings;
    private final LongSupplier nanos;
    private final Deque<Line> idle = new ArrayDeque<>();
    private boolean closed;

    Lines(JdbcSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
    }

    /** An idle one that still stands, or a new one. */
    Line take() throws SQLException {
        for (Line line = poll(); line != null; line = poll()) {
            boolean fresh = nanos.getAsLong() - line.usedAt() < TimeUnit.SECONDS.toNanos(LOOK_AGAIN_AFTER_SECONDS);
            if (fresh || stands(line)) {
                return line;
            }
            drop(line);
        }
        return open();
    }

    private synchronized @Nullable Line poll() {
        return idle.poll();
    }

    private boolean stands(Line line) {
        try {
            return line.connection()
                    .isValid((int) Math.max(1, settings.patience().toSeconds()));
        } catch (SQLException gone) {
            return false;
        }
    }

    private Line open() throws SQLException {
        Properties properties = new Properties();
        settings.properties().forEach(properties::setProperty);
        String user = settings.user().get();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", settings.password().get());
        }
        Connection connection = DriverManager.getConnection(settings.url(), properties);
        boolean ready = false;
        try {
            try (Statement statement = connection.createStatement()) {
                for (String text : settings.session()) {
                    statement.execute(text);
                }
            }
            Line line = new Line(
                    connection,
                    Identity.ask(connection, settings),
                    Packet.ask(connection, settings),
                    nanos.getAsLong());
            connection.setAutoCommit(false);
            ready = true;
            return line;
        } finally {
            if (!ready) {
                close(connection);
            }
        }
    }

    /** Keeps it for the next request, but of a file that others want to open. */
    void giveBack(Line line) {
        boolean keep = settings.dialect() != JdbcSettings.Driver.DUCKDB;
        synchronized (this) {
            if (keep && !closed && idle.size() < settings.connections()) {
                idle.push(line.usedNow(nanos.getAsLong()));
                return;
            }
        }
        close(line.connection());
    }

    /** Closes it, since it broke; those that are idle are likely to be broken as well. */
    void broke(Line line) {
        drop(line);
        for (Line other = poll(); other != null; other = poll()) {
            drop(other);
        }
    }

    private static void drop(Line line) {
        close(line.connection());
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException gone) {
            // It is gone either way, and nothing was left undone on it.
        }
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        for (Line line = poll(); line != null; line = poll()) {
            drop(line);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
