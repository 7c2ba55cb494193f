package dev.caravan.connector.jdbc.sql;

import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import java.util.List;

/**
 * A column in a statement.
 *
 * @param type as the database calls it; empty where it is not known
 */
public record Column(String name, String type) {

    /** The columns of these names, as the table is described. */
    public static List<Column> of(TargetSchema schema, List<String> names) {
        return names.stream()
                .map(name -> new Column(
                        name, schema.field(name).map(TargetField::nativeType).orElse("")))
                .toList();
    }

    static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
