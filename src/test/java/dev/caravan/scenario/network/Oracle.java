package dev.caravan.scenario.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.salesforce.store.WriteEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Compares what the sandbox really holds, and how often it wrote it, with the model and the ledger. */
final class Oracle {

    private final Lane lane;
    private final Case delivered;
    private final MappingId id;
    private final MemorySnapshot snapshot;
    private final int writesBefore;

    Oracle(Lane lane, Case delivered, MappingId id, MemorySnapshot snapshot) {
        this.lane = lane;
        this.delivered = delivered;
        this.id = id;
        this.snapshot = snapshot;
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
        long doubtful = 0;
        for (Map.Entry<String, String> row : model.entrySet()) {
            List<String> there = held.getOrDefault(row.getKey(), List.of());
            boolean dirty = snapshot.isDirty(key(row.getKey()));
            doubtful += dirty ? 1 : 0;
            // Invariant I1, and I4 for what cannot be told apart by its key.
            String value = expected(row);
            boolean well = dirty ? there.size() <= 1 : there.equals(List.of(value));
            if (!well) {
                wrong.add(row.getKey() + " should be " + value + " and is " + there);
            }
            if (dirty && !(last(row.getKey()) instanceof Outcome.Unknown)) {
                wrong.add(row.getKey() + " is in doubt, and the ledger does not say so");
            }
        }
        if (doubtful > 0 && delivered.idempotency() != IdempotencyClass.E) {
            wrong.add(doubtful + " rows stay in doubt");
        }
        held.keySet().removeAll(model.keySet());
        held.keySet().removeIf(key -> snapshot.isDirty(key(key)));
        held.keySet().forEach(key -> wrong.add(key + " should be gone"));
        // One that left before its lost add was resolved is held too, whether it is there or not.
        if (last.held() != snapshot.snapshot().dirtyRows()) {
            wrong.add(last.held() + " rows are held, and in doubt are "
                    + snapshot.snapshot().dirtyRows());
        }
        wrong.addAll(unintended());
        return wrong;
    }

    /** Of a record that is only ever made, what it was made with at first. */
    private String expected(Map.Entry<String, String> row) {
        if (delivered.operation() != Target.Operation.INSERT) {
            return row.getValue();
        }
        List<Sent> sent =
                lane.ledger().history(Optional.of(id), row.getKey(), 100).reversed();
        return sent.stream()
                .filter(each -> !(each.outcome().orElseThrow() instanceof Outcome.Deferred))
                .findFirst()
                .map(each -> Objects.requireNonNull(each.row().fields().get(delivered.valueField())))
                .map(Value::text)
                .orElse(row.getValue());
    }

    private static RowKey key(String text) {
        return RowKey.of(List.of(new Value.Text(text)), RowKey.Equality.EXACT);
    }

    private Outcome last(String key) {
        return lane.ledger()
                .history(Optional.of(id), key, 1)
                .getFirst()
                .outcome()
                .orElseThrow();
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
