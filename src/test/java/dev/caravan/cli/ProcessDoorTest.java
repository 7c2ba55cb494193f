package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.lock.Ownership.Owned;
import dev.caravan.app.lock.WorkspaceLock;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcessDoorTest {

    @TempDir
    Path workspace;

    /** An owner that never says where it listens is waited for; whoever is interrupted meanwhile does not spin until that is over. */
    @Test
    @Timeout(60)
    void anInterruptEndsTheWaitForAnOwner() throws IOException {
        Files.writeString(workspace.resolve("caravan.yaml"), "");
        Owned owner = (Owned) WorkspaceLock.acquire(workspace.resolve("state"));
        try {
            ProcessDoor door = new ProcessDoor(new GoodOrder(Console.ofProcess()));
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> door.open(workspace)).isInstanceOf(EnvironmentFailure.class);
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            assertThat(Thread.interrupted()).as("the interrupt is still told").isTrue();
            assertThat(spent)
                    .as("20 s of spinning would cost nearly as many of the processor")
                    .isLessThan(Duration.ofSeconds(5).toNanos());
        } finally {
            owner.lock().close();
        }
    }
}
