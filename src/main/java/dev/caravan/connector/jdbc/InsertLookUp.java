package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Column;
import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.connector.jdbc.sql.Text;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Trace;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlRequest;
import dev.caravan.transport.SqlRequest.Statement;
import dev.caravan.transport.SqlRequest.Wants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks what became of inserts whose answers were lost, by their keys. A record with the key and all values that were sent proves the insert
 * only where the key is unique: a table does not say who made a row. That nothing is there counts only where no rows are hidden.
 */
final class InsertLookUp {

    private static final Trace NOT_TOLD = new Trace.Unsure("look_up");

    private final JdbcSpec spec;
    private final Dialect dialect;
    private final TableName table;
    private final Trace.Question question;

    InsertLookUp(JdbcSpec spec, TableName table, Trace.Question question) {
        this.spec = spec;
        this.dialect = spec.dialect();
        this.table = table;
        this.question = question;
    }

    Conversation<List<Trace>> ask() {
        Batch batch = question.batch();
        Map<List<String>, List<Item>> groups = new LinkedHashMap<>();
        for (Item item : Preparation.of(dialect, batch).items()) {
            groups.computeIfAbsent(item.columns(), columns -> new ArrayList<>()).add(item);
        }
        if (groups.isEmpty()) {
            return new Conversation.Done<>(question.all(NOT_TOLD));
        }
        List<Statement> statements = new ArrayList<>();
        groups.forEach((columns, items) -> statements.add(new Statement(
                Text.compared(dialect, table, batch.key().fields(), Column.of(batch.schema(), columns)),
                Wants.ROWS,
                items.stream().map(InsertLookUp::parameters).toList())));
        dialect.hidesRows(table).ifPresent(query -> statements.add(Statement.query(query)));
        List<List<Item>> asked = List.copyOf(groups.values());
        return new Conversation.Send<>(
                SqlRequest.read(statements, spec.timeout()), reply -> new Conversation.Done<>(read(asked, reply)));
    }

    private static List<Value> parameters(Item item) {
        List<Value> row = new ArrayList<>(item.values());
        row.addAll(item.key());
        return row;
    }

    private List<Trace> read(List<List<Item>> asked, Reply reply) {
        if (!(reply instanceof SqlAnswer answer) || answer.results().size() < asked.size()) {
            return question.all(NOT_TOLD);
        }
        boolean hidden = answer.results().size() > asked.size()
                && !answer.found(asked.size()).equals(List.of(List.<Value>of(new Value.Text("no"))));
        Map<Integer, Trace> traces = new HashMap<>();
        for (int group = 0; group < asked.size(); group++) {
            for (int i = 0; i < asked.get(group).size(); i++) {
                boolean told = i < answer.results().get(group).size()
                        && answer.results().get(group).get(i) instanceof Ran;
                if (told && answer.results().get(group).get(i) instanceof Ran ran) {
                    traces.put(
                            asked.get(group).get(i).index(),
                            trace(asked.get(group).get(i), ran.rows(), hidden));
                }
            }
        }
        List<Trace> ordered = new ArrayList<>();
        for (int i = 0; i < question.batch().writes().size(); i++) {
            ordered.add(traces.getOrDefault(i, NOT_TOLD));
        }
        return ordered;
    }

    private Trace trace(Item item, List<List<Value>> found, boolean hidden) {
        if (found.isEmpty()) {
            return hidden ? new Trace.Unsure("look_up_blind") : new Trace.Absent();
        }
        if (found.size() > 1) {
            return new Trace.Unsure("found_several");
        }
        if (!question.batch().schema().unique(question.batch().key())) {
            return new Trace.Unsure("found_foreign");
        }
        return found.getFirst().getFirst().text().equals("same")
                ? new Trace.Arrived(item.write().targetKey().text())
                : new Trace.Unsure("found_differing");
    }
}
