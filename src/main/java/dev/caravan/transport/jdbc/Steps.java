package dev.caravan.transport.jdbc;

import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlRequest.Several;
import dev.caravan.transport.SqlRequest.Statement;
import dev.caravan.transport.SqlRequest.Wants;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs statements within the transaction that a connection has open. */
record Steps(Connection connection, Packet packet) {

    private static final int AT_ONCE = 250;

    /** A statement over these of its rows; the first that fails ends it. */
    List<Ran> run(Statement statement, List<List<Value>> rows) throws SQLException {
        return switch (statement.wants()) {
            case ROWS -> query(statement.text(), rows);
            case COUNT, RETURNED ->
                statement.several().isPresent() && rows.size() > 1
                        ? several(statement.several().get(), rows)
                        : write(statement, rows);
        };
    }

    private List<Ran> several(Several several, List<List<Value>> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<List<Value>> some = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
            try (PreparedStatement prepared = connection.prepareStatement(several.of(some.size()))) {
                Binding.bind(prepared, some.stream().flatMap(List::stream).toList());
                if (prepared.executeUpdate() != some.size()) {
                    throw new SQLException("the statement wrote more or fewer rows than it has", "XX000");
                }
            }
        }
        return Collections.nCopies(rows.size(), new Ran(1, List.of()));
    }

    private List<Ran> query(String text, List<List<Value>> rows) throws SQLException {
        List<Ran> results = new ArrayList<>(rows.size());
        try (PreparedStatement prepared = connection.prepareStatement(text)) {
            for (List<Value> row : rows) {
                Binding.bind(prepared, row);
                try (ResultSet found = prepared.executeQuery()) {
                    List<List<Value>> read = Binding.rows(found);
                    results.add(new Ran(read.size(), read));
                }
            }
        }
        return results;
    }

    private List<Ran> write(Statement statement, List<List<Value>> rows) throws SQLException {
        boolean returned = statement.wants() == Wants.RETURNED;
        int keys = returned ? java.sql.Statement.RETURN_GENERATED_KEYS : java.sql.Statement.NO_GENERATED_KEYS;
        try (PreparedStatement prepared = connection.prepareStatement(statement.text(), keys)) {
            for (List<Value> row : rows) {
                packet.check(row);
                Binding.bind(prepared, row);
                prepared.addBatch();
            }
            int[] counts = prepared.executeBatch();
            if (counts.length != rows.size()) {
                throw new SQLException("the driver counts " + counts.length + " of " + rows.size() + " rows", "XX000");
            }
            return returned ? returned(prepared, counts) : counted(counts);
        }
    }

    private static List<Ran> counted(int[] counts) throws SQLException {
        List<Ran> results = new ArrayList<>(counts.length);
        for (int count : counts) {
            if (count < 0) {
                throw new SQLException("the driver does not count rows", "XX000");
            }
            results.add(new Ran(count, List.of()));
        }
        return results;
    }

    /** What was returned comes in one piece, in the order of the rows; each row that was written has one of it. */
    private static List<Ran> returned(PreparedStatement prepared, int[] counts) throws SQLException {
        List<Ran> results = new ArrayList<>(counts.length);
        try (ResultSet found = prepared.getGeneratedKeys()) {
            for (int count : counts) {
                if (count < 0 || count > 1 || (count == 1 && !found.next())) {
                    throw new SQLException("a row returned more or less than itself", "XX000");
                }
                results.add(new Ran(count, count == 1 ? List.of(Binding.row(found)) : List.of()));
            }
        }
        return results;
    }
}
