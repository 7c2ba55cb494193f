package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes out of a batch what cannot be sent at all, before anything is, and makes parameters of the rest.
 *
 * @param settled refusals, by place
 */
record Preparation(List<Item> items, Map<Integer, Outcome> settled) {

    private static final String UNSENDABLE = "caravan.unsendable";

    static Preparation of(Dialect dialect, Batch batch) {
        Preparation ready = new Preparation(new ArrayList<>(), new LinkedHashMap<>());
        boolean byKey = batch.action() != Action.INSERT && batch.action() != Action.APPEND;
        if (byKey && !batch.schema().unique(batch.key())) {
            Outcome refusal = new Outcome.Rejected(
                    "caravan.key_not_unique",
                    batch.keyField(),
                    "no unique key has just these columns, so that one row could change several",
                    ErrorClass.CONFIG);
            for (int i = 0; i < batch.writes().size(); i++) {
                ready.settled.put(i, refusal);
            }
            return ready;
        }
        for (int i = 0; i < batch.writes().size(); i++) {
            ready.add(dialect, batch, i);
        }
        return ready;
    }

    private void add(Dialect dialect, Batch batch, int index) {
        Write write = batch.writes().get(index);
        Map<String, Value> all = new LinkedHashMap<>();
        all.putAll(batch.key().values(write.targetKey()));
        if (batch.action() != Action.DELETE) {
            write.fields().forEach(all::putIfAbsent);
        }
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, Value> each : all.entrySet()) {
            Optional<TargetField> field = batch.schema().field(each.getKey());
            Optional<Value> typed = field.flatMap(known -> Typed.as(known, each.getValue()));
            Optional<String> why = field.isEmpty()
                    ? Optional.of("the table has no such column")
                    : typed.isEmpty() ? Optional.of("no value of the column's type") : unsendable(dialect, typed.get());
            if (why.isPresent()) {
                settled.put(index, new Outcome.Rejected(UNSENDABLE, each.getKey(), why.get(), ErrorClass.DATA));
                return;
            }
            typed.ifPresent(value -> parameters.put(each.getKey(), dialect.parameter(value)));
        }
        List<Value> key = batch.key().fields().stream()
                .map(parameters::remove)
                .filter(value -> value != null && !value.isNull())
                .toList();
        if (key.size() < batch.key().fields().size()) {
            settled.put(index, new Outcome.Rejected(UNSENDABLE, batch.keyField(), "the key is empty", ErrorClass.DATA));
            return;
        }
        items.add(new Item(index, write, key, parameters));
    }

    private static Optional<String> unsendable(Dialect dialect, Value typed) {
        return typed instanceof Value.Text text ? ValueFit.unsendable(dialect, text.value()) : Optional.empty();
    }
}
