package dev.caravan.transport.jdbc;

import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Refused;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.SqlRequest.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * The statements of a request, up to its commit. Rows that the database refuses are found and left out, so that one bad row costs the others
 * nothing: by halving below savepoints, which takes about twice the logarithm of the rows for each of them; or, where there are no
 * savepoints, by trying each row in a transaction of its own that is undone.
 */
final class Transaction {

    private final Connection connection;
    private final Steps steps;
    private final boolean savepoints;

    Transaction(Line line, boolean savepoints) {
        this.connection = line.connection();
        this.steps = new Steps(connection, line.packet());
        this.savepoints = savepoints;
    }

    /** Runs all; throws for what is not about single rows, with the transaction still open. */
    List<List<Result>> run(SqlRequest request) throws SQLException {
        if (savepoints) {
            List<List<Result>> results = new ArrayList<>();
            for (Statement statement : request.statements()) {
                results.add(halving(statement));
            }
            return results;
        }
        try {
            return all(request, none(request));
        } catch (SQLException failure) {
            if (!Failure.ofRows(failure)) {
                throw failure;
            }
            connection.rollback();
            return all(request, tried(request));
        }
    }

    private record Range(int from, int to) {
        private List<Range> halves() {
            int middle = (from + to) >>> 1;
            return List.of(new Range(middle, to), new Range(from, middle));
        }
    }

    private List<Result> halving(Statement statement) throws SQLException {
        Result[] results = new Result[statement.rows().size()];
        Deque<Range> left = new ArrayDeque<>(List.of(new Range(0, results.length)));
        while (!left.isEmpty()) {
            Range range = left.pop();
            Savepoint before = connection.setSavepoint();
            try {
                List<? extends Result> ran =
                        steps.run(statement, statement.rows().subList(range.from, range.to));
                connection.releaseSavepoint(before);
                for (int i = 0; i < ran.size(); i++) {
                    results[range.from + i] = ran.get(i);
                }
            } catch (SQLException failure) {
                if (!Failure.ofRows(failure)) {
                    throw failure;
                }
                connection.rollback(before);
                if (range.to - range.from == 1) {
                    results[range.from] = new Refused(Failure.refusal(failure));
                } else {
                    range.halves().forEach(left::push);
                }
            }
        }
        return Arrays.asList(results);
    }

    private static Result[][] none(SqlRequest request) {
        Result[][] none = new Result[request.statements().size()][];
        for (int i = 0; i < none.length; i++) {
            none[i] = new Result[request.statements().get(i).rows().size()];
        }
        return none;
    }

    /** The rows that are refused even alone. */
    private Result[][] tried(SqlRequest request) throws SQLException {
        Result[][] refused = none(request);
        for (int i = 0; i < refused.length; i++) {
            Statement statement = request.statements().get(i);
            for (int row = 0; row < refused[i].length; row++) {
                try {
                    steps.run(statement, List.of(statement.rows().get(row)));
                } catch (SQLException failure) {
                    if (!Failure.ofRows(failure)) {
                        throw failure;
                    }
                    refused[i][row] = new Refused(Failure.refusal(failure));
                }
                connection.rollback();
            }
        }
        return refused;
    }

    /** Everything but what was refused. */
    private List<List<Result>> all(SqlRequest request, Result[][] refused) throws SQLException {
        List<List<Result>> results = new ArrayList<>();
        for (int i = 0; i < refused.length; i++) {
            Statement statement = request.statements().get(i);
            List<List<Value>> rows = new ArrayList<>();
            for (int row = 0; row < refused[i].length; row++) {
                if (refused[i][row] == null) {
                    rows.add(statement.rows().get(row));
                }
            }
            Deque<Result> ran = new ArrayDeque<>(rows.isEmpty() ? List.of() : steps.run(statement, rows));
            List<Result> ends = new ArrayList<>();
            for (Result known : refused[i]) {
                ends.add(Objects.requireNonNullElseGet(known, ran::remove));
            }
            results.add(ends);
        }
        return results;
    }
}
