package dev.caravan.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and the order in which threads move. One at a time has the turn; it gives the turn on where it sends, commits, sleeps or
 * waits, and the seed says to whom. Time passes only where nobody can move, or by a millisecond now and then. Everything that is done is
 * folded into a hash: the same seed gives the same one.
 */
final class Scheduler {

    static final Instant START = Instant.parse("2026-03-01T06:00:00Z");
    /** How the names of simulated threads begin. */
    static final String THREAD_NAME = "sim-";

    private static final ExecutorService THREADS = threads();
    private static final int MOST_STEPS = 400_000;
    private static final int STUCK_MINUTES = 5;

    private final RandomGenerator random;
    private final List<Actor> actors = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable Actor current;
    private @Nullable Throwable failure;
    private long now;
    private long hash = 0xcbf29ce484222325L;
    private int steps;
    private int spawned;
    private boolean abandoned;

    Scheduler(RandomGenerator random) {
        this.random = random;
    }

    /** Virtual threads hand the turn on at half the cost. Before JDK 24 one that waits inside of synchronized would keep its processor. */
    private static ExecutorService threads() {
        return Runtime.version().feature() < 24
                ? Executors.newCachedThreadPool(
                        Thread.ofPlatform().name(THREAD_NAME, 0).daemon().factory())
                : Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name(THREAD_NAME, 0).factory());
    }

    /** A thread that waits for its turn. */
    private static final class Actor {
        private final int id;
        private final Host host;
        private final Semaphore turn = new Semaphore(0);
        private @Nullable BooleanSupplier until;
        private long wake;

        Actor(int id, Host host) {
            this.id = id;
            this.host = host;
        }

        boolean canMove(long now) {
            if (host.isDead()) {
                return true;
            }
            boolean ready = wake <= now || (until != null && until.getAsBoolean());
            return ready && host.stalledUntil() <= now;
        }

        long wakesAt() {
            return Math.max(wake, host.stalledUntil());
        }
    }

    /** Runs the first thread and all that it starts, to their ends. Rethrows what went wrong in any of them. */
    void run(Host host, Runnable first) {
        spawn(host, first);
        Actor actor = actors.getFirst();
        current = actor;
        actor.turn.release();
        try {
            if (!done.await(STUCK_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody gave the turn on for " + STUCK_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IllegalStateException("a simulated thread failed: " + failure, failure);
        }
    }

    /** Starts a thread on a host. It moves when it gets the turn. */
    void spawn(Host host, Runnable body) {
        Actor actor = new Actor(++spawned, host);
        actor.wake = now;
        actors.add(actor);
        THREADS.execute(() -> live(actor, body));
    }

    private void live(Actor actor, Runnable body) {
        actor.turn.acquireUninterruptibly();
        FutureTask<Void> life = new FutureTask<>(
                () -> {
                    alive(actor);
                    body.run();
                },
                null);
        life.run();
        try {
            life.get();
        } catch (ExecutionException e) {
            ended(actor, Objects.requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            ended(actor, e);
        }
        actors.remove(actor);
        if (actors.isEmpty()) {
            done.countDown();
        } else {
            hand(next());
        }
    }

    private void ended(Actor actor, Throwable thrown) {
        if (thrown instanceof Died) {
            note("died", actor.id);
        } else {
            failure = failure == null ? thrown : failure;
            abandoned = true;
        }
    }

    private void alive(Actor actor) {
        if (abandoned || actor.host.isDead()) {
            throw new Died();
        }
    }

    /** Ends every thread at its next turn. */
    void abandon() {
        abandoned = true;
    }

    /** The host whose thread has the turn. */
    Host host() {
        return Objects.requireNonNull(current).host;
    }

    /** Gives the others a chance. Throws {@link Died} where the process was killed. */
    void pass(String what, long detail) {
        note(what, detail);
        now += random.nextInt(4) == 0 ? random.nextInt(2_000_000) : 0;
        Actor self = Objects.requireNonNull(current);
        self.wake = now;
        yieldTo(self, random.nextInt(3) == 0 ? next() : self);
    }

    /** Lets time pass. */
    void sleep(Duration time) {
        Actor self = Objects.requireNonNull(current);
        self.wake = now + Math.max(0, time.toNanos());
        yieldTo(self, next());
    }

    /** Waits until something holds, or until time is over. */
    void await(BooleanSupplier until, Duration most) {
        Actor self = Objects.requireNonNull(current);
        self.wake = now + most.toNanos();
        self.until = until;
        try {
            yieldTo(self, next());
        } finally {
            self.until = null;
        }
    }

    private void yieldTo(Actor self, Actor next) {
        if (++steps > MOST_STEPS) {
            abandoned = true;
            failure = failure == null ? new IllegalStateException("it does not end") : failure;
        }
        if (next != self) {
            hand(next);
            self.turn.acquireUninterruptibly();
        }
        alive(self);
    }

    private void hand(Actor next) {
        current = next;
        next.turn.release();
    }

    private Actor next() {
        while (true) {
            int movable = 0;
            Actor chosen = null;
            long earliest = Long.MAX_VALUE;
            for (Actor actor : actors) {
                if (abandoned || actor.canMove(now)) {
                    movable++;
                    if (random.nextInt(movable) == 0) {
                        chosen = actor;
                    }
                } else {
                    earliest = Math.min(earliest, actor.wakesAt());
                }
            }
            if (chosen != null) {
                note("turn", chosen.id);
                return chosen;
            }
            now = Math.max(now, earliest);
        }
    }

    /** Virtual nanoseconds since the start. */
    long now() {
        return now;
    }

    /** The time that a host believes it is. */
    Instant clock(Host host) {
        return START.plusNanos(now).plus(host.clockError());
    }

    /** Folds something that happened into the hash. */
    void note(String what, long detail) {
        hash = (hash ^ what.hashCode()) * 0x100000001b3L;
        hash = (hash ^ (detail + now)) * 0x100000001b3L;
    }

    long hash() {
        return hash;
    }

    int steps() {
        return steps;
    }
}
