package dev.caravan.delivery.link;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A lock and its one condition. */
final class LockMonitor implements Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();

    @Override
    public <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(BooleanSupplier ready, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!ready.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = change.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed() {
        lock.lock();
        try {
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
