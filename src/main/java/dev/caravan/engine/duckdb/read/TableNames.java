package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.read.SelectGuard.Table;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the tables that a model names against those of its connection, so that no system table or file name passes. */
final class TableNames {

    private final Set<String> known;
    private final String connection;

    private TableNames(Set<String> known, String connection) {
        this.known = known;
        this.connection = connection;
    }

    /** The tables and views of an attached database. */
    static TableNames of(Db db, String connection) throws SQLException {
        String listing = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? AND NOT internal"
                + " UNION ALL SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal";
        return new TableNames(
                db.catalog(listing, row -> row.getString(1) + "." + row.getString(2), connection, connection).stream()
                        .map(TableNames::lower)
                        .collect(Collectors.toSet()),
                connection);
    }

    /** Refuses the first name that is none of them. DuckDB compares names without regard to case. */
    void require(Collection<Table> tables, Place place) {
        for (Table table : tables) {
            if (!has(table)) {
                throw new InvalidInput(Problem.at(
                        Code.MODEL_SQL,
                        place,
                        "connection " + connection + " has no table or view " + written(table),
                        "read the connection's own tables; system tables, other databases and files cannot be read"));
            }
        }
    }

    private boolean has(Table table) {
        String name = lower(table.name());
        boolean ownCatalog = table.catalog().isEmpty() || lower(table.catalog()).equals(lower(connection));
        if (table.schema().isEmpty()) {
            return ownCatalog && known.contains("main." + name);
        }
        boolean schemaIsCatalog =
                table.catalog().isEmpty() && lower(table.schema()).equals(lower(connection));
        return ownCatalog
                && (known.contains(lower(table.schema()) + "." + name)
                        || (schemaIsCatalog && known.contains("main." + name)));
    }

    private static String written(Table table) {
        String schema = table.schema().isEmpty() ? "" : table.schema() + ".";
        return (table.catalog().isEmpty() ? "" : table.catalog() + ".") + schema + table.name();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
