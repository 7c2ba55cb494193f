package dev.caravan.engine.duckdb.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Judges SQL that people wrote, by DuckDB's own syntax tree of it and before it is bound to anything: exactly one SELECT
 * over the connection's own tables. What reads files, settings or other databases is refused by name.
 */
public final class SelectGuard {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TABLE_FUNCTIONS = Set.of("range", "generate_series", "unnest");
    private static final Set<String> FUNCTIONS = Set.of(
            "getenv",
            "current_setting",
            "current_database",
            "current_schema",
            "current_schemas",
            "current_catalog",
            "getvariable",
            "nextval",
            "currval",
            "query",
            "query_table",
            "json_execute_serialized_sql",
            "in_search_path",
            "txid_current",
            "write_log",
            "pg_sleep",
            "sleep_ms");

    private final Code code;
    private final Place place;
    private final Set<String> withNames = new HashSet<>();
    private final Set<Table> tables = new LinkedHashSet<>();

    SelectGuard(Code code, Place place) {
        this.code = code;
        this.place = place;
    }

    /**
     * A table as the SQL names it; what it does not say is empty.
     *
     * @param at before which byte of the SQL it stands
     */
    record Table(String catalog, String schema, String name, int at) {}

    /** The tables that one SELECT reads, its own WITH names left out. */
    Set<Table> tables(Db db, String sql) throws SQLException {
        JsonNode node = select(db, sql);
        collectWithNames(node);
        walk(node);
        tables.removeIf(t -> t.schema().isEmpty() && withNames.contains(t.name().toLowerCase(Locale.ROOT)));
        return tables;
    }

    /** Refuses everything but one expression over columns: no subquery, window, parameter or second expression. */
    void expression(Db db, String text) throws SQLException {
        JsonNode node = select(db, "SELECT (" + text + "\n)");
        boolean plain = node.path("type").asText().equals("SELECT_NODE")
                && node.path("select_list").size() == 1
                && node.path("from_table").path("type").asText().equals("EMPTY")
                && node.path("modifiers").isEmpty()
                && node.path("cte_map").path("map").isEmpty()
                && node.path("group_expressions").isEmpty()
                && without(node, "where_clause")
                && without(node, "having")
                && without(node, "qualify")
                && without(node, "sample");
        if (!plain) {
            throw refused("the condition is more than one expression", "write a condition over the row's columns");
        }
        walk(node);
        for (String kind : Set.of("SUBQUERY", "WINDOW", "STAR")) {
            if (node.findValuesAsText("class").contains(kind)) {
                throw refused("the condition looks at more than one row", "write a condition over the row's columns");
            }
        }
    }

    private static boolean without(JsonNode node, String part) {
        return node.path(part).isNull() || node.path(part).isMissingNode();
    }

    private JsonNode select(Db db, String sql) throws SQLException {
        String tree = db.first("SELECT json_serialize_sql(CAST(? AS VARCHAR))", row -> row.getString(1), sql)
                .orElse("{}");
        JsonNode parsed = parse(tree);
        if (parsed.path("error").asBoolean(true)) {
            throw refused(
                    parsed.path("error_type").asText().equals("parser")
                            ? "the SQL cannot be parsed: "
                                    + parsed.path("error_message").asText()
                            : "the SQL is not a SELECT",
                    "write exactly one SELECT");
        }
        if (parsed.path("statements").size() != 1) {
            throw refused("there are " + parsed.path("statements").size() + " statements", "write exactly one SELECT");
        }
        return parsed.path("statements").path(0).path("node");
    }

    private JsonNode parse(String tree) {
        try {
            return JSON.readTree(tree);
        } catch (JsonProcessingException unreadable) {
            throw refused("the SQL is too deep or too strange to be judged", "write it more simply");
        }
    }

    private void collectWithNames(JsonNode node) {
        node.findValues("cte_map")
                .forEach(with -> with.path("map")
                        .forEach(entry ->
                                withNames.add(entry.path("key").asText().toLowerCase(Locale.ROOT))));
    }

    private void walk(JsonNode node) {
        if (node.isObject()) {
            judge(node);
        }
        node.forEach(this::walk);
    }

    private void judge(JsonNode node) {
        switch (node.path("type").asText()) {
            case "TABLE_FUNCTION" -> judgeTableFunction(node.path("function"));
            case "BASE_TABLE" -> tables.add(table(node));
            case "SHOW_REF" -> throw refused("SHOW and DESCRIBE are no SELECT", "write exactly one SELECT");
            default -> judgeExpression(node);
        }
    }

    private void judgeExpression(JsonNode node) {
        String kind = node.path("class").asText();
        if (kind.equals("PARAMETER")) {
            throw refused("parameters have no value here", "write the value itself");
        }
        if (kind.equals("FUNCTION") && FUNCTIONS.contains(function(node))) {
            throw refused("the function " + function(node) + " is not allowed in a model", "remove it");
        }
    }

    private void judgeTableFunction(JsonNode function) {
        if (!TABLE_FUNCTIONS.contains(function(function))) {
            throw refused(
                    "the table function " + function(function) + " is not allowed in a model",
                    "read tables of the connection; for files, declare a connection to their folder");
        }
    }

    private static String function(JsonNode node) {
        return node.path("function_name").asText().toLowerCase(Locale.ROOT);
    }

    private static Table table(JsonNode node) {
        return new Table(
                node.path("catalog_name").asText(),
                node.path("schema_name").asText(),
                node.path("table_name").asText(),
                node.path("query_location").asInt(0));
    }

    private InvalidInput refused(String message, String suggestion) {
        return new InvalidInput(Problem.at(code, place, message, suggestion));
    }
}
