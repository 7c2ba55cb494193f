package dev.caravan.model;

import java.util.List;
import java.util.Optional;

/** The columns of a model in their order, after declarations. */
public record ModelSchema(List<Column> columns) {

    public ModelSchema {
        columns = List.copyOf(columns);
    }

    /** The column of exactly this name. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** All column names in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
