package dev.caravan.simulation;

import dev.caravan.delivery.link.Monitor;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Threads that wait for each other in virtual time. Who holds it may give the turn on, as when a commit is done. */
final class VirtualMonitor implements Monitor {

    private static final Duration LONG = Duration.ofHours(1);

    private final Scheduler scheduler;
    private @Nullable Thread holder;
    private int depth;
    private long changes;

    VirtualMonitor(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public <T> T locked(Supplier<T> action) {
        enter();
        try {
            return action.get();
        } finally {
            leave();
        }
    }

    private void enter() {
        Thread self = Thread.currentThread();
        while (holder != null && !self.equals(holder)) {
            scheduler.await(() -> holder == null, LONG);
        }
        holder = self;
        depth++;
    }

    private void leave() {
        if (--depth == 0) {
            holder = null;
        }
    }

    @Override
    public boolean await(BooleanSupplier ready, Duration most) {
        enter();
        try {
            long end = scheduler.now() + most.toNanos();
            while (!ready.getAsBoolean()) {
                long left = end - scheduler.now();
                if (left <= 0) {
                    return false;
                }
                letGo(left);
            }
            return true;
        } finally {
            leave();
        }
    }

    private void letGo(long nanos) {
        Thread self = Thread.currentThread();
        int held = depth;
        long seen = changes;
        holder = null;
        depth = 0;
        try {
            scheduler.await(() -> changes != seen, Duration.ofNanos(nanos));
        } finally {
            // One that was killed takes it again too: whoever dies lets go of it on the way out.
            takeBack(self, held);
        }
    }

    private void takeBack(Thread self, int held) {
        while (holder != null && !self.equals(holder) && !scheduler.host().isDead()) {
            scheduler.await(() -> holder == null, LONG);
        }
        holder = self;
        depth = held;
    }

    @Override
    public void changed() {
        changes++;
    }
}
