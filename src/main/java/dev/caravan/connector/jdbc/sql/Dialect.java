package dev.caravan.connector.jdbc.sql;

import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.SqlAnswer.Refusal;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest.Several;
import dev.caravan.transport.SqlRequest.Statement;
import dev.caravan.transport.SqlRequest.Wants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One database's SQL. Immutable. Every name in a statement is quoted; every value is a parameter. */
public sealed interface Dialect permits PostgresDialect, MySqlDialect, DuckDbDialect {

    /** The connector's name in caravan.yaml. */
    String name();

    /** What people call it. */
    String title();

    /** A name in a statement, whatever characters it has. */
    String quoted(String name);

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

    /** Asks for a table's columns; see {@link ColumnRow} for what is answered. */
    List<Statement> describe(TableName table);

    /** Asks for the columns of all unique keys: a name of the key, a column, and {@code yes} or {@code no} for whether it may be null. */
    Statement keys(TableName table);

    /** What a column of this type holds. */
    Kind kind(String type, List<String> values);

    /** The value as a parameter. */
    Value parameter(Value typed);

    /** Why this database can hold no such text; empty if it can. */
    Optional<String> unsendable(String text);

    /**
     * Creates or updates by key; parameters are the key's columns and then the others. A row that is so already is not written.
     *
     * @param plain whether to do without what only ordinary tables have
     */
    String upsert(TableName table, List<String> key, List<String> columns, boolean plain);

    /** What an upsert gives back. */
    Wants upsertWants();

    /** The upsert of several rows in one statement; empty where single ones are as good. */
    Optional<Several> severalUpserts(TableName table, List<String> key, List<String> columns);

    /** Whether a column that may be null can be the key. */
    boolean nullableKeys();

    /** A question that has to be asked for each row before the upsert, with the key alone, to know which rows it makes. */
    Optional<String> beforeUpsert(TableName table, List<String> key);

    /** Whether there is such a question. */
    boolean asksBeforeUpsert();

    /**
     * Whether an upsert that wrote a row made a new one.
     *
     * @param before the answer to {@link #beforeUpsert}, if that was asked
     */
    boolean created(Result upsert, Optional<Result> before);

    /** Updates by key; the columns come first, then the key, then the columns again where {@link #comparesInUpdate}. */
    String update(TableName table, List<String> key, List<String> columns);

    /** Whether an update has to be told what makes a row different. */
    boolean comparesInUpdate();

    /** That two expressions are equal, or both null. */
    String same(String one, String other);

    /** Asks whether rows of the table are hidden from this user, answered with {@code yes}; empty where that cannot be. */
    Optional<String> hidesRows(TableName table);

    /** Who or what an error is about. */
    ErrorClass errorClass(Refusal refusal);

    /** Whether an error says that a unique key is taken. */
    boolean isTaken(Refusal refusal);
}
