package dev.caravan.simulation.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The transactions of one fake: all changes are staged while nothing is changed, then made in one step. */
final class Commits {

    private final Object disk;
    private final CommitHook hook;
    private final String closedMessage;
    private boolean closed;

    /**
     * Transactions on something that others may have open as well.
     *
     * @param disk what they all lock
     * @param closedMessage what is said to whoever uses it once it is closed
     */
    Commits(Object disk, CommitHook hook, String closedMessage) {
        this.disk = disk;
        this.hook = hook;
        this.closedMessage = closedMessage;
    }

    /** Judges a call and stages what it changes, or throws. */
    @FunctionalInterface
    interface Work<T> {
        T on(List<Runnable> changes);
    }

    /** One transaction. Where nothing changes there is no commit, and nothing is said to the hook. */
    <T> T commit(String call, Work<T> work) {
        T result;
        synchronized (disk) {
            refuseIfClosed();
            List<Runnable> changes = new ArrayList<>();
            result = work.on(changes);
            if (changes.isEmpty()) {
                return result;
            }
            hook.beforeCommit(call);
            changes.forEach(Runnable::run);
            hook.committed(call, result);
        }
        hook.afterCommit(call);
        return result;
    }

    /** Looks at what is committed. */
    <T> T read(Supplier<T> query) {
        synchronized (disk) {
            refuseIfClosed();
            return query.get();
        }
    }

    void close() {
        synchronized (disk) {
            closed = true;
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException(closedMessage);
        }
    }
}
