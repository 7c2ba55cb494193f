package dev.caravan.delivery.link;

import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** At most so many requests at once, first come, first served. The wait ends with others' requests, whose time is bounded. */
record Slotted(Sender next, Semaphore slots, StopSignal stop) implements Sender {

    private static final long LOOK_MILLIS = 250;

    @Override
    public Reply send(Request request) {
        try {
            while (!slots.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<String> reason = stop.reason();
                if (reason.isPresent()) {
                    return new Reply.NotSent(reason.get(), "", Optional.empty(), 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.NotSent("stopped", "", Optional.empty(), 0);
        }
        try {
            return next.send(request);
        } finally {
            slots.release();
        }
    }
}
