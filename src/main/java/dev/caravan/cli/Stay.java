package dev.caravan.cli;

import java.util.concurrent.CountDownLatch;

/** Waits until the process is asked to end. */
@FunctionalInterface
public interface Stay {

    /** Waits, then lets go of what is held. Whether it returns is the process's affair: after a signal the JVM ends by itself. */
    void until(Runnable release);

    /** Waits for SIGTERM or Ctrl-C; {@code release} runs before the JVM ends and may take its time. */
    static void untilSignal(Runnable release) {
        CountDownLatch released = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    release.run();
                    released.countDown();
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
