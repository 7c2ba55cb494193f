package dev.caravan.pipeline;

import dev.caravan.delivery.link.StopSignal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A run's parcels on their way, so that a removal overtakes no save, and nothing they need is closed before they have ended.
 * Thread-safe.
 */
final class UnderWay {

    private static final long LOOK_MILLIS = 250;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int cut;
    private int sending;
    private boolean closed;

    /** A parcel was cut; {@link #arrived} follows, whatever becomes of it. */
    void cut() {
        lock.lock();
        try {
            cut++;
        } finally {
            lock.unlock();
        }
    }

    /** A parcel that was cut has ended, or is not sent at all. */
    void arrived() {
        lock.lock();
        try {
            cut--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sends, unless this is closed. */
    void during(Runnable send) {
        if (begins()) {
            try {
                send.run();
            } finally {
                ends();
            }
        }
    }

    private boolean begins() {
        lock.lock();
        try {
            sending += closed ? 0 : 1;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void ends() {
        lock.lock();
        try {
            sending--;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was cut has ended; says what ended the wait early. An interrupt counts as {@code stopped}. */
    Optional<String> awaitArrivals(StopSignal stop) {
        lock.lock();
        try {
            Optional<String> reason = Optional.empty();
            while (cut > 0 && reason.isEmpty()) {
                ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                reason = stop.reason();
            }
            return reason;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        } finally {
            lock.unlock();
        }
    }

    /** From now on nothing is sent. Returns when what is being sent has ended; a stop shortens that, nothing else. */
    void close() {
        lock.lock();
        try {
            closed = true;
            while (sending > 0) {
                ended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
