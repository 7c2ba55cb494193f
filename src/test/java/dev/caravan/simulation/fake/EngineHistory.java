package dev.caravan.simulation.fake;

import dev.caravan.diff.Change;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import dev.caravan.source.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A seeded history of a model and of what came of its changes. */
final class EngineHistory {

    private final Random random;
    private final EngineScenario scenario;
    private List<Row> rows = List.of();
    private long seq;

    EngineHistory(Random random, EngineScenario scenario) {
        this.random = random;
        this.scenario = scenario;
    }

    /** Whether something that happens once in so many times happens now. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    int upTo(int bound) {
        return random.nextInt(bound + 1);
    }

    /** The model of the next run: some rows stay, some change, leave or come. */
    List<ModelRow> next() {
        List<Row> now = new ArrayList<>();
        for (Row row : rows) {
            int fate = row.get("id").isNull() ? 9 : random.nextInt(10);
            if (fate < 5) {
                now.add(row);
            } else if (fate < 7) {
                now.add(row(row.get("id"), row.get("ext")));
            } else if (fate < 8) {
                now.add(row(row.get("id"), ext()));
            }
        }
        int come = random.nextInt(rows.isEmpty() ? 9 : 5);
        for (int i = 0; i < come; i++) {
            now.add(row(once(25) ? Value.ofNull() : id(), ext()));
        }
        rows = now;
        return now.stream().map(EngineHistory::judged).toList();
    }

    private static ModelRow judged(Row row) {
        return new ModelRow(row, row.get("v").text().equals(EngineScenario.BAD) ? List.of("sql:1") : List.of());
    }

    private Value id() {
        int number = 1 + random.nextInt(14);
        return scenario.numbered() ? new Value.Int(number) : written("k" + number);
    }

    private Value ext() {
        return once(12) ? Value.ofNull() : written("e" + random.nextInt(16));
    }

    private Value written(String text) {
        if (scenario.equality().ignoreCase() && once(4)) {
            return new Value.Text(
                    scenario.equality().trim() ? " K" + text.substring(1) + " " : "K" + text.substring(1));
        }
        return new Value.Text(text);
    }

    private Row row(Value id, Value ext) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("id", id);
        values.put("ext", ext);
        values.put("v", once(10) ? new Value.Text(EngineScenario.BAD) : new Value.Text("v" + random.nextInt(3)));
        values.put("n", once(4) ? Value.ofNull() : new Value.Int(random.nextInt(3) - 1));
        values.put("d", once(4) ? Value.ofNull() : new Value.Real(random.nextInt(3) / 4.0));
        return new Row(values);
    }

    static String csv(List<ModelRow> rows) {
        return rows.stream()
                .map(row ->
                        row.row().values().values().stream().map(Value::text).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "id,ext,v,n,d\n", "\n"));
    }

    /** Whether the run finds that nothing has to be sent for a change, and says so. */
    boolean same(Change change) {
        return switch (change) {
            case Change.Added added -> once(15);
            case Change.Changed changed -> once(changed.known().dirty() ? 2 : 4);
            case Change.Removed removed -> once(3);
            case Change.Early early -> same(early.change());
            case Change.Wanted wanted -> same(wanted.removed());
            case Change.Shared shared -> false;
            case Change.TakenOver taken -> taken.settled() && !once(4);
        };
    }

    /** An outcome for the snapshot, as a settlement once the hash of the row is known. */
    record Outcome(RowKey key, Made made) {

        Settlement with(ToLongFunction<RowKey> hashes) {
            return made.with(hashes.applyAsLong(key));
        }
    }

    /** Makes a settlement of a row's hash. */
    @FunctionalInterface
    interface Made {
        Settlement with(long hash);
    }

    /** What came of a change, one outcome after the other. */
    List<Outcome> outcomes(Change change, String definition, long run) {
        List<Outcome> outcomes = new ArrayList<>();
        RowKey key = change.key();
        if (once(7)) {
            return outcomes;
        }
        if (once(12) && change instanceof Change.Removed) {
            outcomes.add(left(key, run));
        }
        if (once(4)) {
            Settlement lost = new Settlement.Unresolved(++seq, key, run);
            outcomes.add(new Outcome(key, hash -> lost));
        }
        if (once(9)) {
            Settlement nothing = new Settlement.Nothing(++seq, key);
            outcomes.add(new Outcome(key, hash -> nothing));
        } else if (!once(4)) {
            end(change, definition, run, outcomes);
        }
        return outcomes;
    }

    private void end(Change change, String definition, long run, List<Outcome> outcomes) {
        switch (change) {
            case Change.Added added ->
                outcomes.add(
                        once(8)
                                ? left(added.key(), run)
                                : stored(added.key(), added.row(), null, random.nextBoolean(), definition, run));
            case Change.Changed changed ->
                outcomes.add(stored(
                        changed.key(),
                        changed.row(),
                        changed.known().remoteId(),
                        changed.known().createdByUs(),
                        definition,
                        run));
            case Change.Removed removed -> outcomes.add(left(removed.key(), run));
            // It is held.
            case Change.Early early -> {
                if (early.left().stream().noneMatch(Change.Wanted::moves)
                        && !early.left().isEmpty()) {
                    end(early.change(), definition, run, outcomes);
                }
            }
            case Change.Wanted wanted -> end(wanted.removed(), definition, run, outcomes);
            case Change.Shared shared -> {}
            case Change.TakenOver taken -> {}
        }
    }

    private Outcome left(RowKey key, long run) {
        Settlement left = new Settlement.Left(++seq, key, once(2), run);
        return new Outcome(key, hash -> left);
    }

    private Outcome stored(RowKey key, Row row, @Nullable String known, boolean ours, String definition, long run) {
        long number = ++seq;
        String id = once(8) ? known : "R" + scenario.record(row);
        boolean withheld = once(8);
        Map<String, Value> values = withheld ? Map.of("v__c", new Value.Text("before")) : Map.of();
        return new Outcome(
                key,
                hash -> new Settlement.Stored(
                        number, key, id, ours, withheld ? null : hash, definition, row, values, run));
    }
}
