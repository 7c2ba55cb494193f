package dev.caravan.transport.jdbc;

import dev.caravan.row.Value;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Values into parameters, by their type, and columns into values, as text. */
final class Binding {

    private Binding() {}

    static void bind(PreparedStatement statement, List<Value> row) throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            bind(statement, i + 1, row.get(i));
        }
    }

    private static void bind(PreparedStatement statement, int at, Value value) throws SQLException {
        switch (value) {
            case Value.Null nothing -> statement.setNull(at, Types.NULL);
            case Value.Bool bool -> statement.setBoolean(at, bool.value());
            case Value.Int number -> statement.setLong(at, number.value());
            case Value.Decimal number -> statement.setBigDecimal(at, number.value());
            case Value.Real number -> statement.setDouble(at, number.value());
            case Value.Text text -> statement.setString(at, text.value());
            case Value.Json json -> statement.setString(at, json.value());
            case Value.Binary binary -> statement.setBytes(at, binary.bytes());
            case Value.Tuple key ->
                throw new IllegalArgumentException("a key of several fields is bound field by field");
            case Value.Date date -> statement.setObject(at, date.value());
            case Value.Time time -> statement.setObject(at, time.value());
            case Value.Timestamp local -> statement.setObject(at, local.value());
            case Value.ZonedTimestamp instant ->
                statement.setObject(at, instant.value().atOffset(ZoneOffset.UTC));
        }
    }

    static List<List<Value>> rows(ResultSet found) throws SQLException {
        List<List<Value>> rows = new ArrayList<>();
        while (found.next()) {
            rows.add(row(found));
        }
        return rows;
    }

    static List<Value> row(ResultSet found) throws SQLException {
        int columns = found.getMetaData().getColumnCount();
        List<Value> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            String text = found.getString(i);
            row.add(text == null ? Value.ofNull() : new Value.Text(text));
        }
        return row;
    }
}
