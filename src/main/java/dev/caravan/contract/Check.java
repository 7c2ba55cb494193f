package dev.caravan.contract;

import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One thing that must hold of every row. Null passes every check but {@link NotNull}, as in SQL. Keys are always checked
 * for null and for duplicates, declared columns for their type; neither is written down.
 */
public sealed interface Check {

    /** Where it is declared. */
    Place place();

    /** None of these columns is null. */
    record NotNull(List<String> columns, Place place) implements Check {}

    /** The column lies between the bounds, both included; at least one is present. */
    record Range(String column, Optional<BigDecimal> min, Optional<BigDecimal> max, Place place) implements Check {}

    /** The column is one of these values. */
    record AcceptedValues(String column, List<Value> values, Place place) implements Check {}

    /** The column, as text, matches the whole of this RE2 pattern. */
    record Pattern(String column, String regex, Place place) implements Check {}

    /** No two rows agree in all these columns; all rows that do are invalid. */
    record Unique(List<String> columns, Place place) implements Check {}

    /** An SQL condition over the row's columns that is not false. */
    record Sql(String condition, Place place) implements Check {}
}
