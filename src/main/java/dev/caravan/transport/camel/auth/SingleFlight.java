package dev.caravan.transport.camel.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads want one piece of work and one of them do it: whoever comes while it is under way waits and gets the same
 * result, a bad one too, so that a refused log-in is not repeated by everyone who waited for it.
 */
public final class SingleFlight<T> {

    private @Nullable CompletableFuture<T> flight;

    /**
     * A result from memory, from the work under way, or from doing it.
     *
     * @param remembered asked under the lock, so that work that ended a moment ago is not done again; null if there is none
     * @param work done outside the lock, by one thread
     * @param joined what a thread that only waited makes of the result
     */
    public T get(Supplier<@Nullable T> remembered, Supplier<T> work, UnaryOperator<T> joined) {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> under;
        synchronized (this) {
            T known = remembered.get();
            if (known != null) {
                return known;
            }
            under = flight;
            if (under == null) {
                flight = mine;
            }
        }
        return under == null ? lead(mine, work) : joined.apply(join(under));
    }

    private T lead(CompletableFuture<T> mine, Supplier<T> work) {
        try {
            T result = work.get();
            mine.complete(result);
            return result;
        } finally {
            synchronized (this) {
                flight = null;
            }
            mine.completeExceptionally(new IllegalStateException("the work ended without a result"));
        }
    }

    private T join(CompletableFuture<T> under) {
        try {
            return under.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the work ended without a result", e);
        }
    }
}
