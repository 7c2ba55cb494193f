package dev.caravan.simulation.fake;

import dev.caravan.model.Column;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.model.Reading;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the models read: tables by name, as somebody else fills them between two reads. A model finds its table by what its reading says:
 * the table's name, the text of its SQL, the path of its file.
 */
public final class MemoryWarehouse {

    private final Map<String, ModelSchema> schemas = new TreeMap<>();
    private final Map<String, List<ModelRow>> tables = new TreeMap<>();
    private final Set<String> broken = new TreeSet<>();
    private Reads reads = (table, whole) -> {};

    /**
     * A row of a table. A null in a key column makes its key unreadable; two rows of one key, or of one destination key, are
     * duplicates: both are found when the table is read.
     *
     * @param breaches what it breaks of the contract, in the contract's words, such as {@code sql:1}; the contract itself is not
     *     evaluated
     */
    public record ModelRow(Row row, List<String> breaches) {
        public ModelRow {
            breaches = List.copyOf(breaches);
        }

        /** A row that keeps the contract. */
        public ModelRow(Row row) {
            this(row, List.of());
        }
    }

    /** Is told of each read when it happens, on the thread that reads. */
    @FunctionalInterface
    public interface Reads {

        /**
         * A table was read.
         *
         * @param whole false if it broke off half way
         */
        void read(String table, boolean whole);
    }

    /** Who is told of reads from now on. */
    public void watch(Reads watching) {
        reads = watching;
    }

    /** Makes an empty table with these columns. */
    public void create(String table, List<Column> columns) {
        schemas.put(table, new ModelSchema(columns));
        tables.put(table, List.of());
    }

    /** What a table holds from now on, in this order; every row has all its columns. */
    public void fill(String table, List<ModelRow> rows) {
        tables.put(table, List.copyOf(rows));
    }

    /** The next read of a table breaks off half way. */
    public void breakNextRead(String table) {
        broken.add(table);
    }

    /** A read that was still to break off is whole. */
    public void mendReads(String table) {
        broken.remove(table);
    }

    ModelSchema schema(Model model) {
        ModelSchema schema = schemas.get(name(model));
        if (schema == null) {
            throw new InvalidInput(Problem.at(
                    Code.MODEL_SQL, model.place(), "there is no table " + name(model), "correct the model's SQL"));
        }
        return schema;
    }

    List<ModelRow> read(Model model) {
        schema(model);
        boolean whole = !broken.remove(name(model));
        reads.read(name(model), whole);
        if (!whole) {
            throw new EnvironmentFailure(Problem.at(
                    Code.MODEL_UNREADABLE,
                    model.place(),
                    "connection " + model.connection() + ": the read failed half way",
                    ""));
        }
        return tables.getOrDefault(name(model), List.of());
    }

    private static String name(Model model) {
        return switch (model.reading()) {
            case Reading.Table table -> table.name();
            case Reading.Sql sql -> sql.text();
            case Reading.File file -> file.path();
        };
    }
}
