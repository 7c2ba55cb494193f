package dev.caravan.engine.duckdb.read;

import dev.caravan.problem.CaravanException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * A model whose connection is open. To be closed as soon as its rows are staged.
 *
 * @param relation SQL that stands after FROM
 * @param failure what an error while reading it means
 */
record OpenModel(
        String relation, List<RawColumn> columns, Function<SQLException, CaravanException> failure, Runnable release)
        implements AutoCloseable {

    @Override
    public void close() {
        release.run();
    }
}
