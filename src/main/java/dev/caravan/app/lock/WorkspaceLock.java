package dev.caravan.app.lock;

import dev.caravan.app.lock.Ownership.Owned;
import dev.caravan.app.lock.Ownership.OwnedByOther;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.DiskFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lock on {@code worker.lock} in the state folder. The operating system holds it and drops it when the process dies, so a
 * file that nobody locks is a leftover and is taken over at once. Safe for use by many threads.
 *
 * <p>Only the last byte a file can have is locked, so that others can read the note where locks are mandatory. POSIX drops
 * all locks of a process on a file when it closes any channel to it; therefore a workspace held by this JVM is found in
 * {@link #HELD} and its file is never opened a second time.
 */
public final class WorkspaceLock implements Closeable {

    private static final String FILE = "worker.lock";
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final Map<Path, WorkspaceLock> HELD = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private Optional<OwnerNote> note = Optional.empty();

    private WorkspaceLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Asks for a workspace.
     *
     * @param stateDir its state folder; made, readable by the user alone, if it is not there
     * @throws EnvironmentFailure ({@code state.read_only}, {@code state.full} or {@code state.io}) if the folder cannot be written
     */
    public static Ownership acquire(Path stateDir) {
        synchronized (HELD) {
            try {
                OwnerOnly.directory(stateDir);
                Path file = stateDir.toRealPath().resolve(FILE);
                WorkspaceLock ours = HELD.get(file);
                return ours == null ? lock(file) : new OwnedByOther(ours.note);
            } catch (IOException e) {
                throw unusable(stateDir, e);
            }
        }
    }

    /** Who owns a workspace now; nobody's is empty. Touches nothing. */
    public static Optional<OwnedByOther> owner(Path stateDir) {
        if (!Files.exists(stateDir.resolve(FILE))) {
            return Optional.empty();
        }
        return switch (acquire(stateDir)) {
            case Owned owned -> {
                owned.lock().close();
                yield Optional.empty();
            }
            case OwnedByOther other -> Optional.of(other);
        };
    }

    private static Ownership lock(Path file) throws IOException {
        OwnerOnly.file(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            channel.close();
            return new OwnedByOther(OwnerNote.parse(text));
        }
        channel.truncate(0);
        WorkspaceLock held = new WorkspaceLock(file, channel);
        HELD.put(file, held);
        return new Owned(held);
    }

    /** Tells other processes where to find this one. */
    public void publish(OwnerNote ownerNote) {
        synchronized (HELD) {
            try {
                channel.truncate(0);
                ByteBuffer bytes = ByteBuffer.wrap(ownerNote.toJson().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes, bytes.position());
                }
                note = Optional.of(ownerNote);
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }

    /** Gives the workspace up. A second call does nothing. */
    @Override
    public void close() {
        synchronized (HELD) {
            if (HELD.remove(file, this)) {
                try {
                    channel.truncate(0);
                    channel.close();
                } catch (IOException e) {
                    throw unusable(file, e);
                }
            }
        }
    }

    /** Room and rights ask for different people; of a folder that may not be written the system says "access denied" or "read-only". */
    static EnvironmentFailure unusable(Path path, IOException cause) {
        String what = "the state folder (" + path + ")";
        return cause instanceof AccessDeniedException
                ? DiskFailure.readOnly(what)
                : DiskFailure.of(
                        what, cause.getMessage(), "check that it exists, has room and is writable by this user");
    }
}
