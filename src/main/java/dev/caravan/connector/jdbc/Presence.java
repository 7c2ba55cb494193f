package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.connector.jdbc.sql.TableName;
import dev.caravan.connector.jdbc.sql.Text;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlAnswer.Ran;
import dev.caravan.transport.SqlAnswer.Result;
import dev.caravan.transport.SqlRequest.Statement;
import dev.caravan.transport.SqlRequest.Wants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Asks which keys a table has, many at once, each compared as the column compares. */
record Presence(Dialect dialect, TableName table, List<String> columns, List<List<Value>> keys) {

    private static final int AT_ONCE = 100;

    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<List<Value>> some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            statements.add(new Statement(
                    Text.present(dialect, table, columns, some.size()),
                    Wants.ROWS,
                    List.of(some.stream().flatMap(List::stream).toList())));
        }
        return statements;
    }

    /** For each key whether it is there; empty if the answer does not say. */
    Optional<List<Boolean>> read(Reply reply) {
        int chunks = (keys.size() + AT_ONCE - 1) / AT_ONCE;
        if (!(reply instanceof SqlAnswer answer) || answer.results().size() != chunks) {
            return Optional.empty();
        }
        Boolean[] there = new Boolean[keys.size()];
        Arrays.fill(there, false);
        for (int chunk = 0; chunk < chunks; chunk++) {
            List<Result> told = answer.results().get(chunk);
            if (told.isEmpty() || !(told.getFirst() instanceof Ran)) {
                return Optional.empty();
            }
            for (List<Value> row : answer.found(chunk)) {
                String place = row.isEmpty() ? "" : row.getFirst().text();
                int at = place.matches("\\d{1,3}") ? chunk * AT_ONCE + Integer.parseInt(place) : -1;
                if (at < 0 || at >= there.length) {
                    return Optional.empty();
                }
                there[at] = true;
            }
        }
        return Optional.of(List.of(there));
    }
}
