package dev.caravan.app.lock;

import java.util.Optional;

/** What came of asking for a workspace. */
public sealed interface Ownership {

    /** It is ours until the lock is closed or the process ends. */
    record Owned(WorkspaceLock lock) implements Ownership {}

    /**
     * Another process has it, certainly alive: the operating system says so.
     *
     * @param owner where it can be spoken to; empty while it starts
     */
    record OwnedByOther(Optional<OwnerNote> owner) implements Ownership {}
}
