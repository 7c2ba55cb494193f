package dev.caravan.app.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.lock.Ownership.Owned;
import dev.caravan.app.lock.Ownership.OwnedByOther;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceLockTest {

    private static final OwnerNote NOTE = new OwnerNote(77, URI.create("http://127.0.0.1:4711"), "s3cret");

    @TempDir
    Path workspace;

    private WorkspaceLock own() {
        return ((Owned) WorkspaceLock.acquire(state())).lock();
    }

    private Path state() {
        return workspace.resolve("state");
    }

    @Test
    void theSecondFindsTheFirstAndWhereItListens() {
        try (WorkspaceLock lock = own()) {
            assertThat(WorkspaceLock.acquire(state())).isEqualTo(new OwnedByOther(Optional.empty()));
            lock.publish(NOTE);
            assertThat(WorkspaceLock.acquire(state())).isEqualTo(new OwnedByOther(Optional.of(NOTE)));
            assertThat(WorkspaceLock.owner(state())).contains(new OwnedByOther(Optional.of(NOTE)));
        }
        assertThat(WorkspaceLock.owner(state())).isEmpty();
        own().close();
    }

    @Test
    void theTokenIsTheUsersAlone() throws IOException {
        try (WorkspaceLock lock = own()) {
            lock.publish(NOTE);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state().resolve("worker.lock"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state())))
                    .isEqualTo("rwx------");
        }
        assertThat(state().resolve("worker.lock")).isEmptyFile();
        assertThat(NOTE.toString()).doesNotContain(NOTE.token());
    }

    @Test
    void aFileThatNobodyLocksIsALeftover() throws IOException {
        Files.createDirectories(state());
        Files.writeString(state().resolve("worker.lock"), NOTE.toJson());
        Files.setPosixFilePermissions(state().resolve("worker.lock"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(WorkspaceLock.owner(state())).isEmpty();
        try (WorkspaceLock lock = own()) {
            assertThat(lock).isNotNull();
            assertThat(state().resolve("worker.lock")).isEmptyFile();
            assertThat(Files.getPosixFilePermissions(state().resolve("worker.lock")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aHalfWrittenNoteIsNoNote() {
        assertThat(OwnerNote.parse("")).isEmpty();
        assertThat(OwnerNote.parse(NOTE.toJson().substring(0, 20))).isEmpty();
        assertThat(OwnerNote.parse("{\"pid\":1}")).isEmpty();
        assertThat(OwnerNote.parse(NOTE.toJson())).contains(NOTE);
    }

    @Test
    void anotherProcessHoldsItUntilItIsKilled() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        state().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(WorkspaceLock.acquire(state())).isEqualTo(new OwnedByOther(Optional.of(NOTE)));
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(state().resolve("worker.lock")).isNotEmptyFile();
        own().close();
    }

    @Test
    void aStateFolderThatCannotBeMadeIsSaid() throws IOException {
        Files.writeString(state(), "a file where the folder should be");
        assertThatThrownBy(() -> WorkspaceLock.acquire(state()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("state.io");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsToldFromOneThatHasNoRoom() {
        String path = state().toString();
        assertThat(WorkspaceLock.unusable(state(), new FileSystemException(path, null, "Read-only file system")))
                .hasMessageContaining("state.read_only");
        assertThat(WorkspaceLock.unusable(state(), new AccessDeniedException(path)))
                .hasMessageContaining("state.read_only");
        assertThat(WorkspaceLock.unusable(state(), new FileSystemException(path, null, "No space left on device")))
                .hasMessageContaining("state.full");
    }

    /** Holds the lock in a process of its own. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            WorkspaceLock lock = ((Owned) WorkspaceLock.acquire(Path.of(args[0]))).lock();
            lock.publish(NOTE);
            System.out.println("held");
            System.in.read();
        }
    }
}
