package dev.caravan.delivery.link;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.HeldTime;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pace, window, places, turns and the daily allowance through the whole stack. */
class LimitsTest extends StackBed {

    @Test
    void thePaceIsEven() {
        stack = stack(new ConnectionLimits(4, 4, 1));
        List<Duration> starts = new ArrayList<>();
        Sender sender = stack.over(
                request -> {
                    starts.add(held.elapsed());
                    return answer(200);
                },
                StopSignal.NEVER,
                requests::addAndGet);
        for (int i = 0; i < 9; i++) {
            sender.send(HttpRequest.get("/x", Duration.ofSeconds(5)));
        }
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i).minus(starts.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofMillis(249));
        }
        assertThat(held.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2300));
    }

    @Test
    void noStretchOfTimeSeesMoreThanTheWindow() {
        stack = stack(new ConnectionLimits(100, 4, 1, List.of(new ConnectionLimits.Window(10, Duration.ofSeconds(5)))));
        List<Duration> starts = new ArrayList<>();
        Sender sender = stack.over(
                request -> {
                    starts.add(held.elapsed());
                    held.move(Duration.ofMillis(30));
                    return answer(200);
                },
                StopSignal.NEVER,
                requests::addAndGet);
        for (int i = 0; i < 40; i++) {
            assertThat(sender.send(HttpRequest.get("/x", Duration.ofSeconds(5))))
                    .isInstanceOf(Reply.Answer.class);
        }
        for (int i = 10; i < starts.size(); i++) {
            assertThat(starts.get(i).minus(starts.get(i - 10))).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        }
        assertThat(held.elapsed()).isLessThan(Duration.ofSeconds(17));
    }

    @Test
    void someRequestsHaveAWindowOfTheirOwnAndKeepNoOtherWaiting() {
        Duration second = Duration.ofSeconds(1);
        stack = stack(new ConnectionLimits(
                1000,
                4,
                1,
                List.of(new ConnectionLimits.Window(
                        2, second, request -> HttpRequest.of(request).path().equals("/search")))));
        Sender sender = sender();
        for (int i = 0; i < 3; i++) {
            sender.send(HttpRequest.get("/x", second));
            sender.send(HttpRequest.get("/x", second));
            sender.send(HttpRequest.get("/search", second));
        }
        assertThat(held.elapsed()).isBetween(second, Duration.ofMillis(1_100));
        for (int i = 0; i < 20; i++) {
            sender.send(HttpRequest.get("/x", second));
        }
        assertThat(held.elapsed()).isBetween(second, Duration.ofMillis(1_100));
    }

    @Test
    void aTurnThatIsTooFarOffIsRefusedWithItsMoment() {
        stack = stack(new ConnectionLimits(100, 4, 1, List.of(new ConnectionLimits.Window(1, Duration.ofMinutes(10)))));
        send(Replay.NEVER);
        Reply.NotSent not = (Reply.NotSent) send(Replay.NEVER);
        assertThat(not.reason()).isEqualTo("limit");
        assertThat(not.notBefore()).hasValue(HeldTime.START.plus(Duration.ofMinutes(10)));
        assertThat(held.elapsed()).isZero();
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void aRunWithManyRequestsDoesNotKeepAnotherWaiting() throws InterruptedException {
        stack = stack(new ConnectionLimits(1000, 1, 1));
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(1);
        Sender wireOf = request -> {
            order.add(HttpRequest.of(request).path());
            awaitQuietly(all);
            return answer(200);
        };
        Sender big = stack.over(wireOf, () -> Optional.ofNullable(stop.get()), sent -> {});
        Sender small = stack.over(wireOf, Optional::empty, sent -> {});
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(sending(big, "/big"));
        }
        threads.add(sending(small, "/small"));
        all.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).hasSize(21);
        assertThat(order.indexOf("/small")).isLessThanOrEqualTo(2);
    }

    private static Thread sending(Sender sender, String path) {
        Thread thread =
                Thread.ofPlatform().daemon().start(() -> sender.send(HttpRequest.get(path, Duration.ofSeconds(5))));
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void troubleLetsFewerOutAtOnceUntilItIsOver() {
        send(Replay.NEVER);
        send(Replay.NEVER);
        wire.then(answer(503), answer(200));
        send(Replay.NEVER);
        send(Replay.NEVER);
        assertThat(told)
                .filteredOn(word -> word.startsWith("concurrency"))
                .containsExactly("concurrency 1", "concurrency 2", "concurrency 3", "concurrency 1", "concurrency 2");
    }

    @Test
    void concurrencyIsBounded() throws InterruptedException {
        stack = stack(new ConnectionLimits(100_000, 3, 1));
        send(Replay.NEVER);
        send(Replay.NEVER);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(3);
        Sender sender = stack.over(
                request -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    full.countDown();
                    awaitQuietly(full);
                    now.decrementAndGet();
                    return answer(200);
                },
                StopSignal.NEVER,
                sent -> {});
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                threads.execute(() -> sender.send(HttpRequest.get("/x", Duration.ofSeconds(5))));
            }
        }
        assertThat(most).hasValue(3);
    }

    /** Invariant I8: whatever is waited for, rows whose time is over meanwhile do not leave. */
    @Test
    void rowsWhoseTimeIsOverWhenTheirTurnComesStayHere() {
        stack = stack(new ConnectionLimits(0.02, 4, 1));
        send(Replay.NEVER);
        Reply.NotSent late = (Reply.NotSent) send(Duration.ofSeconds(30), Replay.NEVER);
        assertThat(late.reason()).isEqualTo("late");
        assertThat(wire.sent).hasSize(1);
        assertThat(send(Duration.ofSeconds(30), Replay.READ))
                .as("to learn what became of rows is never too late")
                .isInstanceOf(Reply.Answer.class);
        assertThat(send(Duration.ofMinutes(2), Replay.NEVER)).isInstanceOf(Reply.Answer.class);
    }

    @Test
    void rowsAreNotRepeatedAfterTheirTime() {
        wire.then(answer(429, "retry-after", "20"), answer(200));
        assertThat(((Reply.NotSent) send(Duration.ofSeconds(10), Replay.NEVER)).reason())
                .isEqualTo("late");
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void ourShareOfTheAllowanceStopsWritesAndAgesAfterAnHour() {
        wire.then(answer(200, "used", "69"));
        send(Replay.NEVER);
        wire.then(answer(200, "used", "70"));
        send(Replay.NEVER);
        Reply.NotSent held70 = (Reply.NotSent) send(Replay.NEVER);
        assertThat(held70.reason()).isEqualTo("quota");
        assertThat(held70.notBefore())
                .hasValueSatisfying(until -> assertThat(until)
                        .isBetween(
                                HeldTime.START.plus(Duration.ofMinutes(59)),
                                held.now().plus(Duration.ofHours(1))));
        assertThat(send(Replay.READ)).isInstanceOf(Reply.Answer.class);
        assertThat(told).contains("quota 0.7");

        held.move(Duration.ofMinutes(61));
        wire.then(answer(200, "used", "10"));
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
        assertThat(stack.quota())
                .hasValueSatisfying(quota -> assertThat(quota.used()).isEqualTo(10));
    }

    @Test
    void aGoodAnswerFromBeforeDoesNotReopenAnExhaustedAllowance() {
        send(Replay.NEVER);
        send(Replay.NEVER);
        Sender sender = stack.over(
                request -> {
                    if (wire.sent.size() == 2) {
                        wire.then(answer(403));
                        assertThat(send(Replay.NEVER)).isEqualTo(answer(403));
                        return answer(200);
                    }
                    return wire.send(request, "");
                },
                StopSignal.NEVER,
                requests::addAndGet);
        assertThat(sender.send(HttpRequest.get("/x", Duration.ofSeconds(5)))).isEqualTo(answer(200));
        for (int i = 0; i < 5; i++) {
            assertThat(((Reply.NotSent) send(Replay.READ)).reason()).isEqualTo("quota");
        }
        assertThat(wire.sent).hasSize(3);
    }

    @Test
    void aMomentThatIsPastDoesNotReopenIt() {
        wire.then(answer(403, "retry-after", "-5"));
        send(Replay.NEVER);
        Reply.NotSent not = (Reply.NotSent) send(Replay.READ);
        assertThat(not.notBefore()).hasValue(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void anExhaustedAllowanceStopsEverythingUntilMidnight() {
        wire.then(answer(403));
        send(Replay.NEVER);
        wire.then(answer(200));
        Reply.NotSent not = (Reply.NotSent) send(Replay.READ);
        assertThat(not.reason()).isEqualTo("quota");
        assertThat(not.notBefore()).hasValue(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(wire.sent).hasSize(1);

        held.move(Duration.ofHours(14));
        assertThat(send(Replay.READ)).isInstanceOf(Reply.Answer.class);
    }
}
