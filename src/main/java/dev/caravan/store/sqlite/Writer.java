package dev.caravan.store.sqlite;

import dev.caravan.problem.CaravanException;
import dev.caravan.store.sql.db.Sql;
import dev.caravan.store.sql.db.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only thread that writes. Callers that wait at the same time share one commit and so one fsync; each works inside its own
 * savepoint, so the failure of one touches no other; where it undoes all, the others are done again one by one. Nothing is answered before the commit is durable.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_PER_COMMIT = 64;

    private final Sql sql;
    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closed;

    Writer(Sql sql) {
        this.sql = sql;
        this.thread = new Thread(this::loop, "caravan-ledger-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Does the work and returns once it is durable. An interrupt does not cut the wait short, since the work may be done. */
    <T> T write(Work<T> work) {
        Job<T> job = Job.of(() -> work.on(sql), new CompletableFuture<>());
        put(job);
        return job.await();
    }

    /** Lets the work that waits finish and closes the connection. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(new End());
            }
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void put(Entry entry) {
        if (closed) {
            throw new IllegalStateException("the ledger is closed");
        }
        queue.add(entry);
    }

    private void loop() {
        boolean going = true;
        while (going) {
            List<Job<?>> group = new ArrayList<>();
            going = collect(group);
            if (!group.isEmpty()) {
                commit(group);
            }
        }
        try {
            sql.run("PRAGMA optimize");
            sql.close();
        } catch (SQLException e) {
            LOG.warn(
                    "The ledger was not closed cleanly; nothing is lost: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** Whether more may come. */
    private boolean collect(List<Job<?>> group) {
        Entry entry = next();
        while (entry instanceof Job<?> job) {
            group.add(job);
            entry = group.size() < MOST_PER_COMMIT ? queue.poll() : null;
        }
        return !(entry instanceof End);
    }

    private @Nullable Entry next() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; its end is an entry in the queue.
            return null;
        }
    }

    private void commit(List<Job<?>> group) {
        boolean begun = false;
        try {
            sql.run("BEGIN IMMEDIATE");
            begun = true;
            for (Job<?> job : group) {
                attempt(job);
            }
            sql.run("COMMIT");
            group.forEach(Job::answer);
        } catch (SQLException e) {
            RuntimeException failure = SqlFailure.of(e);
            rollback();
            if (begun && group.size() > 1) {
                // A full disk undoes the whole transaction: what there is room for is not lost with what there is not.
                group.forEach(job -> commit(List.of(job.again())));
            } else {
                group.forEach(job -> job.fail(failure));
            }
        }
    }

    private void attempt(Job<?> job) throws SQLException {
        sql.run("SAVEPOINT job");
        job.body().run();
        if (job.body().state() != Future.State.SUCCESS) {
            sql.run("ROLLBACK TO job");
        }
        sql.run("RELEASE job");
    }

    private void rollback() {
        try {
            sql.run("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("No transaction was left to roll back: {}", e.getClass().getSimpleName());
        }
    }

    /** What waits in the queue. */
    private sealed interface Entry {}

    /** Nothing follows. */
    private record End() implements Entry {}

    /**
     * @param work what is done, once more if the transaction is undone for another's sake
     * @param body the work, which keeps its own result or failure
     * @param result what the caller waits for; it becomes known after the commit
     */
    private record Job<T>(Callable<T> work, FutureTask<T> body, CompletableFuture<Answer<T>> result) implements Entry {

        static <T> Job<T> of(Callable<T> work, CompletableFuture<Answer<T>> result) {
            return new Job<>(work, new FutureTask<>(work), result);
        }

        Job<T> again() {
            return of(work, result);
        }

        T await() {
            return switch (result.join()) {
                case Answer.Done<T> done -> done.value();
                case Answer.Failed<T> failed -> throw failed.failure();
            };
        }

        void answer() {
            if (body.state() == Future.State.SUCCESS) {
                result.complete(new Answer.Done<>(body.resultNow()));
            } else {
                result.complete(new Answer.Failed<>(ownFailure()));
            }
        }

        /** The group's commit failed; whoever failed before that keeps the reason. */
        void fail(RuntimeException failure) {
            boolean own = body.state() == Future.State.FAILED;
            result.complete(new Answer.Failed<>(own ? ownFailure() : failure));
        }

        private RuntimeException ownFailure() {
            return switch (body.exceptionNow()) {
                case CaravanException known -> known;
                case SQLException failure -> SqlFailure.of(failure);
                case Throwable other -> new IllegalStateException("a transaction of the ledger failed", other);
            };
        }
    }

    /** What came of a transaction. */
    private sealed interface Answer<T> {

        record Done<T>(T value) implements Answer<T> {}

        record Failed<T>(RuntimeException failure) implements Answer<T> {}
    }
}
