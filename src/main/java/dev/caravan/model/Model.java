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
 * @param readingPlace where the text of its query, or the name of its table or file, begins
 */
public record Model(
        String connection,
        Reading reading,
        List<String> key,
        Map<String, ColumnDeclaration> columns,
        Optional<String> watermark,
        Place place,
        Place readingPlace) {

    public Model {
        key = List.copyOf(key);
        columns = Map.copyOf(columns);
    }

    /** A model of which nobody knows where its query stands. */
    public Model(
            String connection,
            Reading reading,
            List<String> key,
            Map<String, ColumnDeclaration> columns,
            Optional<String> watermark,
            Place place) {
        this(connection, reading, key, columns, watermark, place, place);
    }

    /**
     * Where a piece of its query stands, as near as that can be known: the lines of a query stand below each other.
     *
     * @param before the query's text before it
     */
    public Place placeAfter(String before) {
        if (readingPlace.line() == 0) {
            return readingPlace;
        }
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return new Place(
                readingPlace.file(),
                readingPlace.line() + lines,
                readingPlace.column() + line.codePointCount(0, line.length()));
    }
}
