package dev.caravan.connector.jdbc.sql;

import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Refusal;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest.Several;
import dev.caravan.transport.SqlRequest.Wants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One database's SQL. Immutable. Every name in a statement is quoted; every value is a parameter. What is written here is how standard SQL
 * has it and most databases do; each says what it has otherwise.
 */
public sealed interface Dialect permits PostgresDialect, MySqlDialect, DuckDbDialect {

    /** The connector's name in caravan.yaml. */
    String name();

    /** What people call it. */
    String title();

    /** A name in a statement, whatever characters it has. */
    default String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The schema of a table that is named without one; empty for the one that the connection is in. */
    Optional<String> usualSchema();

    /** How long after a lost answer its commit may still take effect. */
    Duration zombieWindow();

    /** The driver's properties. */
    Map<String, String> properties(Duration timeout);

    /** What is said on each new connection. */
    List<String> session(Duration timeout);

    /** Queries for the server's own mark, the best first. */
    List<String> identity();

    /** What is asked about a table. */
    Questions questions();

    /** What a column of this type holds. */
    Kind kind(String type, List<String> values);

    /** The value as a parameter. */
    Value parameter(Value typed);

    /** Why this database can hold no such text; empty if it can. */
    default Optional<String> unsendable(String text) {
        return Optional.empty();
    }

    /**
     * Creates or updates by key; parameters are the key's columns and then the others. A row that is so already is not written.
     *
     * @param plain whether to do without what only ordinary tables have
     */
    String upsert(TableName table, List<String> key, List<Column> columns, boolean plain);

    /** What an upsert gives back. */
    default Wants upsertWants() {
        return Wants.COUNT;
    }

    /** The upsert of several rows in one statement; empty where single ones are as good. */
    default Optional<Several> severalUpserts(TableName table, List<String> key, List<String> columns) {
        return Optional.empty();
    }

    /** Whether a column that may be null can be the key. */
    default boolean nullableKeys() {
        return false;
    }

    /** A question that has to be asked for each row before the upsert, with the key alone, to know which rows it makes. */
    default Optional<String> beforeUpsert(TableName table, List<String> key) {
        return Optional.empty();
    }

    /** Whether there is such a question. */
    default boolean asksBeforeUpsert() {
        return false;
    }

    /**
     * Whether an upsert that wrote a row made a new one.
     *
     * @param before the answer to {@link #beforeUpsert}, if that was asked
     */
    boolean created(Result upsert, Optional<Result> before);

    /** Updates by key; the columns come first, then the key, then the columns again where {@link #comparesInUpdate}. */
    default String update(TableName table, List<String> key, List<Column> columns) {
        return Text.update(this, table, key, Column.names(columns));
    }

    /** Whether an update has to be told what makes a row different. */
    default boolean comparesInUpdate() {
        return false;
    }

    /** That a column has the value of one parameter, or both are null. */
    default String same(Column column) {
        return quoted(column.name()) + " IS NOT DISTINCT FROM ?";
    }

    /** Whether a column of this type fills up bytes that are too few, so that others come back than were written. */
    default boolean fillsUp(String type) {
        return false;
    }

    /** Asks whether rows of the table are hidden from this user, answered with {@code yes}; empty where that cannot be. */
    default Optional<String> hidesRows(TableName table) {
        return Optional.empty();
    }

    /** Who or what its errors are about. */
    default ErrorTable errors() {
        return ErrorTable.STANDARD;
    }

    /** Whether an error says that a unique key is taken. */
    default boolean isTaken(Refusal refusal) {
        return refusal.state().equals("23505");
    }
}
