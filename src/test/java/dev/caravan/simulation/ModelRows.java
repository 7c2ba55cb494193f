package dev.caravan.simulation;

import dev.caravan.model.Column;
import dev.caravan.row.Row;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.simulation.fake.MemoryWarehouse;
import dev.caravan.simulation.fake.MemoryWarehouse.ModelRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** A model whose rows come, change, break and go. Every value of a key is another than all before it. */
final class ModelRows {

    static final List<Column> COLUMNS = List.of(
            new Column("id", ValueType.TEXT), new Column("v", ValueType.TEXT), new Column("score", ValueType.INTEGER));
    /** So far a score goes up with each new value of its key, at the most. */
    private static final int STEP = 16;

    private static final int FIRST = 6;
    private static final int MOST = 12;

    private final MemoryWarehouse warehouse;
    private final String table;
    private final RandomGenerator random;
    private final boolean returning;
    private final Map<String, String> rows = new TreeMap<>();
    private final Map<String, Long> scores = new TreeMap<>();
    private final Map<String, String> meant = new TreeMap<>();
    private final Set<String> invalid = new TreeSet<>();
    private final Plants plants;
    private List<ModelRow> filled = List.of();
    private int version;
    private int keys;

    /**
     * An empty model.
     *
     * @param returning whether a key that left may come back
     */
    ModelRows(MemoryWarehouse warehouse, String table, RandomGenerator random, boolean returning, Plants plants) {
        this.warehouse = warehouse;
        this.table = table;
        this.random = random;
        this.returning = returning;
        this.plants = plants;
        warehouse.create(table, COLUMNS);
        for (int i = 0; i < FIRST; i++) {
            put("k" + keys++);
        }
    }

    private void put(String key) {
        becomes(key, value());
        scores.merge(key, (long) random.nextInt(STEP), Long::sum);
    }

    /** A row has this value from now on. */
    void becomes(String key, String value) {
        rows.put(key, value);
        meant.put(value, key);
    }

    /** Some rows change, and now and then the next read of them breaks off. */
    void mutate() {
        int changes = 2 + random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            int what = random.nextInt(10);
            List<String> known = new ArrayList<>(rows.keySet());
            if ((what < 4 && rows.size() < MOST) || known.isEmpty()) {
                put(returning && random.nextInt(3) == 0 ? "k" + random.nextInt(keys + 1) : "k" + keys++);
            } else if (what < 8) {
                put(known.get(random.nextInt(known.size())));
            } else {
                String gone = known.get(random.nextInt(known.size()));
                rows.remove(gone);
                invalid.remove(gone);
            }
        }
        invalid.clear();
        if (random.nextInt(4) == 0 && !rows.isEmpty()) {
            List<String> known = new ArrayList<>(rows.keySet());
            invalid.add(known.get(random.nextInt(known.size())));
        }
        fill();
        if (random.nextInt(12) == 0) {
            plants.breakRead(warehouse, table, filled);
        }
    }

    /** Nothing is invalid any more, and no read breaks off. */
    void heal() {
        invalid.clear();
        warehouse.mendReads(table);
        fill();
    }

    private String value() {
        int kind = random.nextInt(40);
        String prefix = switch (kind) {
            case 0 -> Server.POISON;
            case 1, 2 -> Server.BAD;
            case 3 -> Server.CLASH;
            default -> "v";
        };
        return prefix + ++version;
    }

    private void fill() {
        List<ModelRow> filled = new ArrayList<>();
        rows.forEach((id, v) -> {
            Map<String, Value> values = new LinkedHashMap<>();
            values.put("id", new Value.Text(id));
            values.put("v", new Value.Text(v));
            values.put("score", new Value.Int(score(id)));
            filled.add(new ModelRow(new Row(values), invalid.contains(id) ? List.of("sql:1") : List.of()));
        });
        this.filled = filled.stream().filter(plants::reads).toList();
        warehouse.fill(table, this.filled);
    }

    /** One of the rows. */
    Optional<Map.Entry<String, String>> any() {
        return rows.entrySet().stream().skip(random.nextInt(rows.size() + 1)).findFirst();
    }

    /** The score of a key, which the destination should hold but for less than the dead band. */
    long score(String key) {
        return Objects.requireNonNull(scores.get(key));
    }

    /** Whether a key ever had this value. */
    boolean meant(String key, String value) {
        return key.equals(meant.get(value));
    }

    /** What the destination should hold, by key. */
    Map<String, String> rows() {
        return rows;
    }

    Set<String> invalid() {
        return invalid;
    }

    /** The model's id in a canonical key. */
    static String id(String canonical) {
        return canonical.substring(canonical.indexOf(':') + 1);
    }
}
