package dev.caravan.transport.jdbc;

import dev.caravan.row.Value;
import dev.caravan.transport.Gate;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.Transport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Transactions to one database. Until a commit leaves, a broken connection or a time-out is {@code NotSent}: the server undoes what was not
 * committed, whenever it notices. From the commit on it is {@code Lost}. Thread-safe.
 */
public final class JdbcTransport implements Transport {

    private static final Executor AT_ONCE = Runnable::run;

    private final JdbcSettings settings;
    private final Lines lines;
    private final Semaphore places;

    /**
     * A transport that has connected to nothing yet.
     *
     * @param nanos a monotonic clock
     */
    public JdbcTransport(JdbcSettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.lines = new Lines(settings, nanos);
        this.places = new Semaphore(settings.connections(), true);
    }

    @Override
    public Reply login() {
        return login(Gate.OPEN);
    }

    @Override
    public Reply login(Gate gate) {
        return overLine(settings.patience(), gate, line -> {
            List<Result> answer = List.of(new Ran(1, List.of(List.of(new Value.Text(line.account())))));
            lines.giveBack(line);
            return SqlAnswer.committed(List.of(answer));
        });
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request asked, String account, Gate gate) {
        SqlRequest request = SqlRequest.of(asked);
        return overLine(request.timeout(), gate, line -> {
            if (!account.isEmpty() && !account.equals(line.account())) {
                lines.giveBack(line);
                return notSent("account", "another database answers than the run began with");
            }
            Optional<String> closed = gate.closed();
            if (closed.isPresent()) {
                lines.giveBack(line);
                return notSent(closed.get(), "");
            }
            return exchange(line, request);
        });
    }

    /** What is done with a connection; who does it gives it back or says that it broke. */
    @FunctionalInterface
    private interface Use {
        Reply with(Line line);
    }

    private Reply overLine(Duration timeout, Gate gate, Use use) {
        try {
            if (!places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return notSent("limit", "all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notSent("stopped", "");
        }
        try {
            Optional<String> closed = lines.isClosed() ? Optional.of("stopped") : gate.closed();
            return closed.isPresent() ? notSent(closed.get(), "") : use.with(lines.take());
        } catch (SQLException failure) {
            return Outside.of(failure);
        } finally {
            places.release();
        }
    }

    private Reply exchange(Line line, SqlRequest request) {
        Connection connection = line.connection();
        boolean reads = request.replay() == Replay.READ;
        List<List<Result>> results;
        try {
            prepare(connection, request.timeout(), reads);
            results = new Transaction(line, settings.dialect() != JdbcSettings.Driver.DUCKDB).run(request);
            if (reads) {
                connection.rollback();
                lines.giveBack(line);
                return SqlAnswer.committed(results);
            }
        } catch (SQLException failure) {
            return undone(line, failure);
        }
        try {
            connection.commit();
        } catch (SQLException failure) {
            return atCommit(line, failure);
        }
        lines.giveBack(line);
        return SqlAnswer.committed(results);
    }

    private void prepare(Connection connection, Duration timeout, boolean reads) throws SQLException {
        if (settings.dialect() != JdbcSettings.Driver.DUCKDB) {
            connection.setReadOnly(reads);
            // Later than the server's own, which tells more.
            connection.setNetworkTimeout(AT_ONCE, (int) timeout.plusSeconds(2).toMillis());
        }
    }

    /** A connection that can still be told to undo has undone; any other was closed before its commit, which undoes as well. */
    private Reply undone(Line line, SQLException failure) {
        try {
            line.connection().rollback();
        } catch (SQLException broken) {
            lines.broke(line);
            return notSent("refused", "the connection broke before the commit (" + Failure.state(failure) + ")");
        }
        lines.giveBack(line);
        return SqlAnswer.refused(Failure.refusal(failure));
    }

    private Reply atCommit(Line line, SQLException failure) {
        if (Failure.unclearCommit(failure)) {
            lines.broke(line);
            return new Reply.Lost("commit", 1);
        }
        return undone(line, failure);
    }

    private static Reply notSent(String reason, String detail) {
        int requests = reason.equals("refused") ? 1 : 0;
        return new Reply.NotSent(reason, detail, Optional.empty(), requests);
    }

    /** Closes what is idle; what is under way ends first. */
    @Override
    public void close() {
        lines.close();
    }
}
