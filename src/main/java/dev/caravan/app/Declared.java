package dev.caravan.app;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Calls what declares {@code Exception}, as much of Camel does. */
final class Declared {

    private Declared() {}

    /**
     * Calls it in this thread.
     *
     * @throws ExecutionException with what it threw
     */
    static <T> T call(Callable<T> call) throws ExecutionException {
        FutureTask<T> task = new FutureTask<>(call);
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }
}
