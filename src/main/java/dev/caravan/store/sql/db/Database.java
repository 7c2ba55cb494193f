package dev.caravan.store.sql.db;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database that a ledger is kept in. A failure of it is a {@code CaravanException} that quotes nothing of what was stored; a
 * constraint that a statement broke is an {@code IllegalStateException}, since only a bug of ours does that. For many threads.
 */
public interface Database extends AutoCloseable {

    /** One transaction, durable when this returns. What the work throws undoes it whole. */
    <T> T write(Work<T> work);

    /** Reads. Each statement sees one state of the whole; several statements may see several. */
    <T> T read(Work<T> work);

    /** Rows one by one as they are asked for, of the state when the query began. The stream holds a connection until it is closed. */
    <T> Stream<T> stream(Sql.Mapper<T> mapper, String query, @Nullable Object... parameters);

    /**
     * The same database over connections of its own, for what must not wait until those who write the bulk are done: for short work, of
     * which there is little at once. This one itself where readers never wait for writers.
     */
    default Database urgent() {
        return this;
    }

    /**
     * Makes what was deleted unreadable and gives room back, as far as the database does not do it by itself. Writers go on meanwhile,
     * and wait no longer for it than for each other.
     */
    default void tidy() {}

    @Override
    void close();
}
