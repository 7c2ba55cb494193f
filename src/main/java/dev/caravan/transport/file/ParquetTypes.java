package dev.caravan.transport.file;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.engine.duckdb.db.Sql;
import dev.caravan.row.ValueType;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of the next generation's columns, as DuckDB writes them.
 *
 * @param conflict why there are none, for people; empty if all is well
 */
record ParquetTypes(Map<String, String> types, Optional<String> conflict) {

    private static final String UNTYPED = "VARCHAR";
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\(\\d+,(\\d+)\\)");

    static ParquetTypes of(Db db, Optional<Path> present, Map<String, String> there, StagedRows staged)
            throws SQLException {
        Map<String, String> types = new LinkedHashMap<>(there);
        for (Map.Entry<String, Set<ValueType>> column : staged.given().entrySet()) {
            Optional<ValueType> comes = together(column.getValue());
            String has = there.get(column.getKey());
            if (has == null) {
                types.put(column.getKey(), comes.map(ParquetTypes::fresh).orElse(UNTYPED));
            } else if (comes.isPresent() && !takes(has, comes.get())) {
                if (present.isPresent() && holdsAny(db, present.get(), column.getKey())) {
                    return new ParquetTypes(types, Optional.of(conflict(column.getKey(), has, comes.get())));
                }
                types.put(column.getKey(), fresh(comes.get()));
            } else if (has.equals(UNTYPED)
                    && comes.filter(type -> type != ValueType.TEXT).isPresent()) {
                // Nothing but nulls came so far, so that nobody could tell the type.
                if (present.isPresent() && !holdsAny(db, present.get(), column.getKey())) {
                    types.put(column.getKey(), fresh(comes.get()));
                }
            }
        }
        return new ParquetTypes(types, Optional.empty());
    }

    /** What a column without values becomes: JSON is told from text there. */
    private static String fresh(ValueType type) {
        return type == ValueType.JSON ? "JSON" : ColumnType.declared(type).sql();
    }

    private static String conflict(String column, String has, ValueType comes) {
        return "its column " + column + " holds " + has + ", and "
                + comes.name().toLowerCase(Locale.ROOT) + " values were to be written";
    }

    private static boolean holdsAny(Db db, Path present, String column) throws SQLException {
        return db.number("SELECT count(" + Sql.name(column) + ") FROM " + ParquetFormat.from(present)) > 0;
    }

    /** The one type that holds values of all of these; empty if there are none. */
    private static Optional<ValueType> together(Set<ValueType> types) {
        if (types.size() <= 1) {
            return types.stream().findFirst();
        }
        if (types.stream().allMatch(ValueType::numeric)) {
            return Optional.of(types.contains(ValueType.DOUBLE) ? ValueType.DOUBLE : ValueType.DECIMAL);
        }
        return Optional.of(ValueType.TEXT);
    }

    private static boolean takes(String sql, ValueType comes) {
        return ColumnType.of(sql)
                .map(ColumnType::type)
                .filter(type -> type == comes
                        || type == ValueType.TEXT
                        || (type.numeric() && type != ValueType.INTEGER && comes.numeric()))
                .isPresent();
    }

    /** How many digits after the point a column of decimals holds; empty of other columns. */
    OptionalInt scale(String column) {
        Matcher decimal = DECIMAL.matcher(sql(column));
        return decimal.matches() ? OptionalInt.of(Integer.parseInt(decimal.group(1))) : OptionalInt.empty();
    }

    /** SQL for the value of a column that a canonical text stands for. */
    String read(String column, String text) {
        return sql(column).equals("BLOB") ? "from_base64(" + text + ")" : "CAST(" + text + " AS " + sql(column) + ")";
    }

    /** The type of a column; of one that nothing is known of, text. */
    String sql(String column) {
        return types.getOrDefault(column, UNTYPED);
    }
}
