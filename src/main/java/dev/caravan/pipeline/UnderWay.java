package dev.caravan.pipeline;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.delivery.link.Patience;
import dev.caravan.delivery.link.StopSignal;
import java.util.Optional;

/**
 * A run's parcels on their way, so that a removal overtakes no save, and nothing they need is closed before they have ended.
 * Thread-safe.
 */
final class UnderWay {

    private final Monitor monitor;
    private int cut;
    private int sending;
    private boolean closed;

    /** Nothing is under way yet. */
    UnderWay(Monitor monitor) {
        this.monitor = monitor;
    }

    /** A parcel was cut; {@link #arrived} follows, whatever becomes of it. */
    void cut() {
        monitor.holding(() -> cut++);
    }

    /** A parcel that was cut has ended, or is not sent at all. */
    void arrived() {
        monitor.holding(() -> {
            cut--;
            monitor.changed();
        });
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
        return monitor.locked(() -> {
            sending += closed ? 0 : 1;
            return !closed;
        });
    }

    private void ends() {
        monitor.holding(() -> {
            sending--;
            monitor.changed();
        });
    }

    /** Waits until all that was cut has ended; says what ended the wait early. An interrupt counts as {@code stopped}. */
    Optional<String> awaitArrivals(StopSignal stop) {
        try {
            while (!monitor.await(() -> cut == 0, Patience.SLICE)) {
                Optional<String> reason = stop.reason();
                if (reason.isPresent()) {
                    return reason;
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("stopped");
        }
    }

    /** From now on nothing is sent. Returns when what is being sent has ended; a stop shortens that, nothing else. */
    void close() {
        monitor.holding(() -> closed = true);
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = monitor.await(() -> sending == 0, Patience.SLICE);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
