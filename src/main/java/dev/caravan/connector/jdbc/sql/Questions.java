package dev.caravan.connector.jdbc.sql;

import dev.caravan.row.Value;
import dev.caravan.transport.SqlRequest.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a database's catalogue is asked about a table. The parameters of each query are the table's schema, null for the one that the
 * connection is in, and its name.
 *
 * @param columns answered as {@link ColumnRow} says, in the table's order
 * @param keys the columns of all unique keys: a name of the key, a column, and {@code yes} or {@code no} for whether it may be null
 * @param transactions whether the table's engine knows transactions, {@code yes} or {@code no}; empty where all do
 */
public record Questions(String columns, String keys, Optional<String> transactions) {

    /** The place of the answer about columns. */
    public static final int COLUMNS = 0;

    /** The place of the answer about keys. */
    public static final int KEYS = 1;

    /** The place of the answer about transactions, where that is asked. */
    public static final int TRANSACTIONS = 2;

    /** The questions about one table, in the order of the places. */
    public List<Statement> about(TableName table) {
        Value schema = table.schema().<Value>map(Value.Text::new).orElse(Value.ofNull());
        Value name = new Value.Text(table.table());
        List<String> queries = new ArrayList<>(List.of(columns, keys));
        transactions.ifPresent(queries::add);
        return queries.stream()
                .map(query -> Statement.query(query, schema, name))
                .toList();
    }
}
