package dev.caravan.scenario.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.row.Value;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.ledger.WriteEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Compares what the sandbox really holds, and how often it wrote it, with the model and the ledger. */
final class Oracle {

    private final Lane lane;
    private final Case delivered;
    private final MappingId id;
    private final Worker worker;
    private final int writesBefore;

    Oracle(Lane lane, Case delivered, MappingId id, Worker worker) {
        this.lane = lane;
        this.delivered = delivered;
        this.id = id;
        this.worker = worker;
        this.writesBefore = lane.sandbox().writes().size();
    }

    /**
     * What should not be, once all is quiet.
     *
     * @param last the books of the last run, which sent nothing
     */
    List<String> wrong(Map<String, String> model, Accounting last) {
        List<String> wrong = new ArrayList<>();
        String some = model.keySet().iterator().next();
        Map<String, List<String>> held = held(some.substring(0, some.indexOf('-') + 1));
        Set<String> inDoubt = worker.inDoubt();
        for (Map.Entry<String, String> row : model.entrySet()) {
            List<String> there = held.getOrDefault(row.getKey(), List.of());
            // Invariants I1 and I4.
            String value = expected(row);
            if (!there.equals(List.of(value))) {
                wrong.add(row.getKey() + " should be " + value + " and is " + there);
            }
        }
        held.keySet().removeAll(model.keySet());
        held.keySet().forEach(key -> wrong.add(key + " should be gone"));
        if (!inDoubt.isEmpty() || last.held() > 0) {
            wrong.add(inDoubt.size() + " rows stay in doubt, and " + last.held() + " are held");
        }
        wrong.addAll(unintended());
        return wrong;
    }

    /** Of a record that is only ever made, what it was made with as far as the ledger knows. */
    private String expected(Map.Entry<String, String> row) {
        if (delivered.operation() != Target.Operation.INSERT) {
            return row.getValue();
        }
        return lane.ledger().history(Optional.of(id), row.getKey(), 100).stream()
                .filter(each -> isThere(each.outcome().orElseThrow()))
                .findFirst()
                .map(each -> Objects.requireNonNull(each.row().fields().get(delivered.valueField())))
                .map(Value::text)
                .orElse(row.getValue());
    }

    private static boolean isThere(Outcome outcome) {
        return outcome instanceof Outcome.Accepted || outcome instanceof Outcome.Unchanged;
    }

    /** The values that the sandbox holds, by key. */
    private Map<String, List<String>> held(String prefix) {
        Map<String, List<String>> held = new TreeMap<>();
        for (ObjectNode record : lane.sandbox().records(delivered.object())) {
            String key = record.path(delivered.keyField()).asText("");
            if (key.startsWith(prefix)) {
                held.computeIfAbsent(key, k -> new ArrayList<>())
                        .add(record.path(delivered.valueField()).asText());
            }
        }
        return held;
    }

    /** Invariants I3 and I5: a record is written no more often than the ledger meant to. */
    private List<String> unintended() {
        Map<String, Integer> written = new HashMap<>();
        List<WriteEntry> all = lane.sandbox().writes();
        for (WriteEntry write : all.subList(writesBefore, all.size())) {
            if (!write.operation().equals("delete")) {
                written.merge(keyOf(write), 1, Integer::sum);
            }
        }
        List<String> wrong = new ArrayList<>();
        written.forEach((key, times) -> {
            List<Sent> sent = key.isEmpty() ? List.of() : lane.ledger().history(Optional.of(id), key, 100);
            if (!key.isEmpty() && times > sent.size()) {
                wrong.add(key + " was written " + times + " times and meant " + sent.size() + " times");
            }
        });
        return wrong;
    }

    /** Empty for a record that is gone. */
    private String keyOf(WriteEntry write) {
        return write.key().isEmpty()
                ? lane.sandbox()
                        .record(delivered.object(), "Id", write.id())
                        .map(record -> record.path(delivered.keyField()).asText(""))
                        .orElse("")
                : write.key();
    }
}
