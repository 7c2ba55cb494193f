package dev.caravan.simulation.fake;

import org.jspecify.annotations.Nullable;

/**
 * Is told of every commit of a fake, around it. All calls come on the thread that commits. Throwing from {@link #beforeCommit} is a crash
 * of which nothing remains, from {@link #afterCommit} one after which everything does. A process that is dead must throw from
 * the first again whenever it is asked again, since whoever cleans up after an error may try to write.
 */
public interface CommitHook {

    /** Nothing happens at commits. */
    CommitHook NONE = new CommitHook() {};

    /**
     * All checks passed and nothing is stored yet. The store is locked: do not hand over to another thread that may use it.
     *
     * @param call the method that commits, for example {@code begin}
     */
    default void beforeCommit(String call) {}

    /**
     * All of it is stored just now, and the store is still locked: these calls come in the order in which commits were made, whatever
     * befalls their callers before they hear of it. Must neither throw nor hand over.
     *
     * @param result what the caller will be told
     */
    default void committed(String call, @Nullable Object result) {}

    /** All of it is stored, and the caller does not know it yet. The store is not locked. */
    default void afterCommit(String call) {}
}
