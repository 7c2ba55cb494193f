package dev.caravan.cli;

import dev.caravan.app.owner.OwnedWorkspace;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * How the worker of a single command ends. After a signal its run stops between batches, its books are closed and the command says
 * what became of it, before the JVM goes. Without a signal the worker is closed with the command.
 */
final class GoodOrder {

    /** How long a command that was stopped may take to print its answer. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Console console;
    private final CountDownLatch answered = new CountDownLatch(1);

    GoodOrder(Console console) {
        this.console = console;
    }

    /** Lets a worker end so; the answer closes it. */
    Runnable of(OwnedWorkspace owned) {
        AtomicBoolean closed = new AtomicBoolean();
        Runnable close = () -> {
            if (!closed.getAndSet(true)) {
                owned.close();
            }
        };
        Thread hook = new Thread(
                () -> {
                    if (!closed.get()) {
                        say("stopping: what is on its way is waited for, the rest is left for the next run");
                        close.run();
                        awaitAnswer();
                    }
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            close.run();
            forget(hook);
        };
    }

    /** The command has said everything; the JVM may go. */
    void answered() {
        answered.countDown();
    }

    private void awaitAnswer() {
        try {
            if (!answered.await(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                say("stopped without an answer; caravan runs says what became of it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String text) {
        console.err().println(console.lively() ? "\r\u001b[K" + text : text);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LoggerFactory.getLogger(GoodOrder.class).debug("the JVM is going down already, and the hook is at work");
        }
    }
}
