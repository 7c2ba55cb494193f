package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.ColumnRow;
import dev.caravan.connector.jdbc.sql.Questions;
import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.SqlRequest.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks for a table's columns and says what each can take. */
final class Describer {

    private final JdbcSpec spec;

    Describer(JdbcSpec spec) {
        this.spec = spec;
    }

    Conversation<Described> describe(String object) {
        Optional<TableName> table = spec.table(object);
        if (table.isEmpty()) {
            return new Conversation.Done<>(unknown(object));
        }
        List<Statement> questions = spec.dialect().questions().about(table.get());
        return new Conversation.Send<>(
                SqlRequest.read(questions, spec.timeout()),
                reply -> new Conversation.Done<>(read(object, questions.size(), reply)));
    }

    private Described read(String object, int questions, Reply reply) {
        return switch (reply) {
            case SqlAnswer answer ->
                answer.refusal()
                        .map(refusal -> failed(
                                Code.DESTINATION_REFUSED,
                                spec.dialect().title() + " refuses to describe " + object + ": " + refusal,
                                "give the connection's user the right to read the table's description",
                                false))
                        .orElseGet(() -> schema(object, questions, answer));
            case Reply.Answer foreign -> unreachable(object, "malformed");
            case Reply.NotSent not -> unreachable(object, not.reason());
            case Reply.Lost lost -> unreachable(object, lost.reason());
        };
    }

    private Described schema(String object, int questions, SqlAnswer answer) {
        List<List<Value>> rows = answer.found(Questions.COLUMNS);
        if (rows.isEmpty()) {
            return unknown(object);
        }
        if (answer.results().size() != questions || rows.stream().anyMatch(row -> row.size() != ColumnRow.WIDTH)) {
            return unreachable(object, "malformed");
        }
        boolean keepsRefused = answer.found(Questions.TRANSACTIONS).stream()
                .anyMatch(row -> row.getFirst().text().equals("no"));
        if (keepsRefused) {
            return failed(
                    Code.DESTINATION_REFUSED,
                    "the engine of table " + object + " knows no transactions",
                    "use an engine that does, such as InnoDB: what is refused there would stay half written",
                    false);
        }
        List<TargetField> fields = rows.stream()
                .map(row -> ColumnRow.field(
                        spec.dialect(), row, row.getFirst().text().equals(spec.dedupeColumn())))
                .toList();
        return new Described.Schema(
                new TargetSchema(object, fields, keys(answer.found(Questions.KEYS)), Optional.empty()));
    }

    /** The keys of several columns; where a column may be null, only as far as the database can address such a key. */
    private List<Set<String>> keys(List<List<Value>> rows) {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        Set<String> useless = new HashSet<>();
        for (List<Value> row : rows) {
            if (row.size() < 3) {
                continue;
            }
            String key = row.getFirst().text();
            keys.computeIfAbsent(key, name -> new LinkedHashSet<>())
                    .add(row.get(1).text());
            if (row.get(2).text().equals("yes") && !spec.dialect().nullableKeys()) {
                useless.add(key);
            }
        }
        return keys.entrySet().stream()
                .filter(key -> key.getValue().size() > 1 && !useless.contains(key.getKey()))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
    }

    private Described unknown(String object) {
        return failed(
                Code.TARGET_OBJECT_UNKNOWN,
                spec.dialect().title() + " has no table " + object + " that this user may see",
                "check the name, written as schema.table or table with the database's own case, and the user's rights",
                false);
    }

    private Described unreachable(String object, String reason) {
        if (reason.equals("account")) {
            return failed(
                    Code.TARGET_IDENTITY,
                    "another database answers than the connection spoke to before",
                    "use another state folder for this environment, or reset the mapping",
                    false);
        }
        boolean login = reason.equals("login");
        return failed(
                login ? Code.DESTINATION_AUTH : Code.DESTINATION_UNREACHABLE,
                spec.dialect().title() + " did not describe " + object + ": " + reason,
                login ? "check the connection's user and password" : "try again later",
                true);
    }

    private static Described failed(Code code, String message, String suggestion, boolean retryable) {
        return new Described.Failed(Problem.of(code, message, suggestion), retryable);
    }
}
