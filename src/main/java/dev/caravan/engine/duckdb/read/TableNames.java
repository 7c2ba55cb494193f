package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.SelectGuard.Table;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the tables that a model names against those of its connection, so that no system table or file name passes. */
final class TableNames {

    private static final String MAIN = "main.";

    /** With their schemas, by the same in lower case. */
    private final Map<String, String> known;

    private final String connection;

    private TableNames(Map<String, String> known, String connection) {
        this.known = known;
        this.connection = connection;
    }

    /** The tables and views of an attached database. */
    static TableNames of(Db db, String connection) throws SQLException {
        String listing = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? AND NOT internal"
                + " UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal";
        return new TableNames(
                db.catalog(listing, row -> row.getString(1) + "." + row.getString(2), connection, connection).stream()
                        .collect(Collectors.toMap(TableNames::lower, name -> name, (one, same) -> one)),
                connection);
    }

    /** Refuses the names that are none of them. DuckDB compares names without regard to case. */
    void require(Collection<Table> tables, Function<Table, Place> place) {
        List<Problem> problems = tables.stream()
                .filter(table -> !has(table))
                .map(
                        table -> Problem.at(
                                Code.MODEL_SQL,
                                place.apply(table),
                                "connection " + connection + " has no table or view " + written(table),
                                Spelling.suggest(
                                        written(table),
                                        asWritten(),
                                        "read the connection's own tables; system tables, other databases and files cannot be read")))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInput(problems);
        }
    }

    /** Those of the main schema without it, as people write them. */
    private List<String> asWritten() {
        return known.values().stream()
                .map(name -> name.startsWith(MAIN) ? name.substring(MAIN.length()) : name)
                .toList();
    }

    private boolean has(Table table) {
        String name = lower(table.name());
        boolean ownCatalog = table.catalog().isEmpty() || lower(table.catalog()).equals(lower(connection));
        if (table.schema().isEmpty()) {
            return ownCatalog && known.containsKey(MAIN + name);
        }
        boolean schemaIsCatalog =
                table.catalog().isEmpty() && lower(table.schema()).equals(lower(connection));
        return ownCatalog
                && (known.containsKey(lower(table.schema()) + "." + name)
                        || (schemaIsCatalog && known.containsKey(MAIN + name)));
    }

    private static String written(Table table) {
        String schema = table.schema().isEmpty() ? "" : table.schema() + ".";
        return (table.catalog().isEmpty() ? "" : table.catalog() + ".") + schema + table.name();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
