package dev.caravan.engine.duckdb.read;

import dev.caravan.engine.duckdb.db.ColumnType;
import dev.caravan.engine.duckdb.db.Db;
import dev.caravan.model.Column;
import dev.caravan.model.ColumnDeclaration;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.ValueType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A model's columns with their declarations applied. Names are exact, case included. */
public final class ModelColumns {

    private ModelColumns() {}

    /**
     * The schema that mappings are validated against. A column whose type no value stands for (an interval) is left out, so
     * that only a mapping that reads it is refused.
     */
    public static ModelSchema describe(Db db, Sources sources, Model model) {
        try (OpenModel open = sources.open(db, model)) {
            return new ModelSchema(open.columns().stream()
                    .flatMap(raw -> columnType(raw, model).stream().map(type -> new Column(raw.name(), type.type())))
                    .toList());
        }
    }

    private static Optional<ColumnType> columnType(RawColumn raw, Model model) {
        ColumnDeclaration declaration = model.columns().get(raw.name());
        Optional<ColumnType> read = ColumnType.of(raw.duckType());
        return read.map(type -> declaration == null ? type : Declared.type(type, declaration));
    }

    /** All columns that can be read, by name in the model's order; refuses declarations that can never be met. */
    static Map<String, ReadColumn> of(OpenModel open, Model model) {
        Map<String, ReadColumn> columns = new LinkedHashMap<>();
        for (RawColumn raw : open.columns()) {
            Optional<ColumnDeclaration> declaration =
                    Optional.ofNullable(model.columns().get(raw.name()));
            Optional<ReadColumn> column = ReadColumn.of(raw, declaration);
            column.ifPresent(c -> columns.put(raw.name(), c));
            if (column.isEmpty() && declaration.isPresent()) {
                throw unreadableAs(raw, declaration.get(), model);
            }
        }
        require(columns, model.columns().keySet(), open.columns(), model);
        return columns;
    }

    private static InvalidInput unreadableAs(RawColumn raw, ColumnDeclaration declaration, Model model) {
        boolean zoneless = ColumnType.of(raw.duckType())
                .filter(read -> read.type() == ValueType.TIMESTAMP || read.type() == ValueType.DATE)
                .isPresent();
        if (zoneless && declaration.type() == ValueType.TIMESTAMPTZ) {
            return new InvalidInput(Problem.at(
                    Code.MODEL_ZONE_MISSING,
                    model.place(),
                    "column " + raw.name() + " has no zone and cannot be an instant",
                    "declare its zone: under columns:"));
        }
        return new InvalidInput(Problem.at(
                Code.MODEL_COLUMN_TYPE,
                model.place(),
                "column " + raw.name() + " is " + raw.duckType() + " and cannot be read as "
                        + declaration.type().name().toLowerCase(Locale.ROOT),
                "declare another type, or convert it in the model's SQL"));
    }

    /** Refuses the first column that is wanted and not there, or that holds what no value type stands for. */
    static void require(Map<String, ReadColumn> columns, Collection<String> wanted, List<RawColumn> all, Model model) {
        for (String name : wanted) {
            if (columns.containsKey(name)) {
                continue;
            }
            Optional<RawColumn> present =
                    all.stream().filter(raw -> raw.name().equals(name)).findFirst();
            throw new InvalidInput(
                    present.isPresent()
                            ? Problem.at(
                                    Code.MODEL_COLUMN_TYPE,
                                    model.place(),
                                    "column " + name + " is " + present.get().duckType() + ", which cannot be synced",
                                    "convert it in the model's SQL, or leave it out")
                            : Problem.at(
                                    Code.MODEL_COLUMN_UNKNOWN,
                                    model.place(),
                                    "the model has no column " + name,
                                    "see its columns with validate --connect"));
        }
    }
}
