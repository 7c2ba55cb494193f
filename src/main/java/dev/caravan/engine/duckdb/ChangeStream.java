package dev.caravan.engine.duckdb;

import dev.caravan.diff.Change;
import dev.caravan.engine.duckdb.db.Failures;
import dev.caravan.engine.duckdb.snapshot.Changes;
import dev.caravan.engine.duckdb.snapshot.Settling;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Changes as a stream of chunks. Between two chunks nothing is open, so that noted keys can leave the heap. */
final class ChangeStream implements Iterator<Change> {

    private static final int CHUNK = 4_096;

    private final Changes changes;
    private final Settling settling;
    private final String snapshot;
    private final long count;
    private final Deque<Change> chunk = new ArrayDeque<>(CHUNK);
    private long position;

    ChangeStream(Changes changes, Settling settling, String snapshot, long count) {
        this.changes = changes;
        this.settling = settling;
        this.snapshot = snapshot;
        this.count = count;
    }

    Stream<Change> stream() {
        int order = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliterator(this, count, order), false)
                .onClose(this::close);
    }

    @Override
    public boolean hasNext() {
        return !chunk.isEmpty() || position < count;
    }

    @Override
    public Change next() {
        if (chunk.isEmpty()) {
            fetch();
        }
        Change change = chunk.poll();
        if (change == null) {
            throw new NoSuchElementException();
        }
        return change;
    }

    private void fetch() {
        try {
            settling.spill();
            long to = Math.min(position + CHUNK, count);
            chunk.addAll(changes.fetch(position, to));
            position = to;
        } catch (SQLException failure) {
            throw Failures.state(failure, snapshot);
        }
    }

    private void close() {
        try {
            changes.drop();
        } catch (SQLException failure) {
            throw Failures.state(failure, snapshot);
        }
    }
}
