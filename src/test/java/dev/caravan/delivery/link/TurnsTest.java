package dev.caravan.delivery.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final String BIG = "ten thousand batches";
    private static final String SMALL = "one batch";

    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    /** A thread that takes a place and keeps it until its run says otherwise; returns once it waits. */
    private Thread waiting(Turns turns, String party, Runnable holding) {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            if (turns.take(party, StopSignal.NEVER).isEmpty()) {
                served.add(party);
                holding.run();
            }
        });
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void whoHasManyWaitingDoesNotKeepOthersWaiting() throws InterruptedException {
        Turns turns = new Turns(1, Monitor.real());
        turns.take("first", StopSignal.NEVER);
        List<Thread> threads = new ArrayList<>();
        IntStream.range(0, 10).forEach(i -> threads.add(waiting(turns, BIG, () -> turns.give(BIG))));
        IntStream.range(0, 2).forEach(i -> threads.add(waiting(turns, SMALL, () -> turns.give(SMALL))));
        turns.give("first");
        join(threads);
        assertThat(served.subList(0, 5)).containsExactly(BIG, SMALL, BIG, SMALL, BIG);
        assertThat(served).hasSize(12);
    }

    @Test
    void aPlaceGoesToWhoHoldsFewest() throws InterruptedException {
        Turns turns = new Turns(3, Monitor.real());
        for (int i = 0; i < 3; i++) {
            turns.take(BIG, StopSignal.NEVER);
        }
        List<Thread> threads = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> threads.add(waiting(turns, BIG, () -> {})));
        IntStream.range(0, 2).forEach(i -> threads.add(waiting(turns, SMALL, () -> {})));
        turns.give(BIG);
        threads.get(3).join();
        assertThat(served).containsExactly(SMALL);
        turns.give(BIG);
        threads.get(0).join(50);
        threads.get(4).join(50);
        assertThat(served).as("one each held, and whose turn it is").containsExactly(SMALL, BIG);
        turns.give(SMALL);
        threads.get(4).join();
        assertThat(served).containsExactly(SMALL, BIG, SMALL);
        threads.forEach(Thread::interrupt);
        join(threads);
    }

    @Test
    void aStopAndAnInterruptEndTheWaitAndLoseNoPlace() throws InterruptedException {
        Turns turns = new Turns(1, Monitor.real());
        turns.take(BIG, StopSignal.NEVER);
        assertThat(turns.take(SMALL, () -> Optional.of("paused"))).hasValue("paused");
        AtomicReference<Optional<String>> ended = new AtomicReference<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            ended.set(turns.take(SMALL, StopSignal.NEVER));
        });
        thread.join();
        assertThat(ended.get()).hasValue("stopped");
        turns.give(BIG);
        assertThat(turns.take(BIG, () -> Optional.of("taken"))).isEmpty();
    }

    @Test
    void fewerPlacesAreKeptAsTheyComeBackAndMoreAreGivenAtOnce() {
        Turns turns = new Turns(2, Monitor.real());
        StopSignal none = () -> Optional.of("full");
        turns.take(BIG, none);
        turns.take(BIG, none);
        turns.resize(1);
        turns.give(BIG);
        assertThat(turns.take(BIG, none)).hasValue("full");
        turns.resize(2);
        assertThat(turns.take(BIG, none)).isEmpty();
    }
}
