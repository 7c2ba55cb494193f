package dev.caravan.model;

import dev.caravan.problem.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a mapping reads.
 *
 * @param connection the name of the connection that holds it
 * @param reading the query, table or file
 * @param key the key columns, in order; at least one
 * @param columns declared types by column; every other column keeps the type it is read with
 * @param watermark the column that says how fresh a row is
 * @param place where it is declared
 */
public record Model(
        String connection,
        Reading reading,
        List<String> key,
        Map<String, ColumnDeclaration> columns,
        Optional<String> watermark,
        Place place) {

    public Model {
        key = List.copyOf(key);
        columns = Map.copyOf(columns);
    }
}
