package dev.caravan.transport.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One publication of a file at a time: within the process by a lock of the process, among processes by the operating system's lock on a
 * file beside it, which ends with the process that holds it.
 */
final class Locks {

    /**
     * Of the whole process, whatever connections lead to the folder: an operating system drops a process's lock on a file when the process
     * closes any other handle of it.
     */
    private static final Map<Path, ReentrantLock> HELD = new ConcurrentHashMap<>();

    private Locks() {}

    /** What is done while nobody else publishes. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does it alone.
     *
     * @param patience how long to wait for others of this process; for those of another it does not wait
     * @return empty if somebody else is publishing, and nothing was done
     */
    static <T> Optional<T> alone(Path file, Duration patience, Work<T> work) throws IOException, InterruptedException {
        ReentrantLock lock = HELD.computeIfAbsent(file, first -> new ReentrantLock(true));
        if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken == null ? Optional.empty() : Optional.of(work.run());
        } finally {
            lock.unlock();
        }
    }
}
