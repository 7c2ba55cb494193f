package dev.caravan.store.sqlite;

import dev.caravan.store.sql.db.Sql;
import dev.caravan.store.sql.db.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Connections for reading. Each reader sees the ledger as it was when its query began, whatever is written meanwhile. */
final class Readers implements AutoCloseable {

    private static final int MOST_IDLE = 4;

    private final Supplier<Sql> opener;
    private final ConcurrentLinkedDeque<Sql> idle = new ConcurrentLinkedDeque<>();
    private final Set<Sql> all = ConcurrentHashMap.newKeySet();

    Readers(Supplier<Sql> opener) {
        this.opener = opener;
    }

    <T> T read(Work<T> work) {
        Sql sql = borrow();
        try {
            return work.on(sql);
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        } finally {
            giveBack(sql);
        }
    }

    /** Rows one by one as they are asked for. The stream holds a connection until it is closed. */
    <T> Stream<T> stream(Sql.Mapper<T> mapper, String query, @Nullable Object... parameters) {
        Sql sql = borrow();
        try {
            Cursor<T> cursor = new Cursor<>(sql.cursor(0, query, parameters), mapper);
            return StreamSupport.stream(cursor, false).onClose(() -> {
                cursor.close();
                giveBack(sql);
            });
        } catch (SQLException e) {
            giveBack(sql);
            throw SqlFailure.of(e);
        }
    }

    @Override
    public void close() {
        idle.clear();
        all.forEach(Readers::closeQuietly);
        all.clear();
    }

    private Sql borrow() {
        Sql known = idle.poll();
        if (known != null) {
            return known;
        }
        Sql opened = opener.get();
        all.add(opened);
        return opened;
    }

    private void giveBack(Sql sql) {
        if (all.contains(sql) && idle.size() < MOST_IDLE) {
            idle.push(sql);
        } else if (all.remove(sql)) {
            closeQuietly(sql);
        }
    }

    private static void closeQuietly(Sql sql) {
        try {
            sql.close();
        } catch (SQLException e) {
            throw SqlFailure.of(e);
        }
    }

    /** A result set as a spliterator. */
    private static final class Cursor<T> extends Spliterators.AbstractSpliterator<T> {

        private final ResultSet rows;
        private final Sql.Mapper<T> mapper;

        Cursor(ResultSet rows, Sql.Mapper<T> mapper) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.rows = rows;
            this.mapper = mapper;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            try {
                if (!rows.next()) {
                    return false;
                }
                action.accept(mapper.map(rows));
                return true;
            } catch (SQLException e) {
                throw SqlFailure.of(e);
            }
        }

        void close() {
            try {
                rows.close();
            } catch (SQLException e) {
                throw SqlFailure.of(e);
            }
        }
    }
}
