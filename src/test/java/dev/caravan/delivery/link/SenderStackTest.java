package dev.caravan.delivery.link;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static dev.caravan.delivery.ScriptedTransport.lost;
import static dev.caravan.delivery.ScriptedTransport.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.FakeDestination;
import dev.caravan.delivery.HeldTime;
import dev.caravan.delivery.ScriptedTransport;
import dev.caravan.destination.Signal;
import dev.caravan.transport.Body;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Method;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every decorator in the place where it stands, on a held clock. */
class SenderStackTest {

    private static final long SEED = 20260301;

    private final HeldTime held = new HeldTime();
    private final ScriptedTransport wire = new ScriptedTransport(answer(200));
    private final AtomicReference<String> stop = new AtomicReference<>();
    private final AtomicLong requests = new AtomicLong();
    private final List<String> told = new ArrayList<>();
    private SenderStack stack = stack(new ConnectionLimits(1000, 4, 0.7));

    private SenderStack stack(ConnectionLimits limits) {
        return new SenderStack(
                "crm", new FakeDestination(), limits, held.time(), new Random(SEED), new DeliveryMeters() {
                    @Override
                    public void request(String connection, Signal.State state, int count, Duration took) {
                        told.add("request " + state);
                    }

                    @Override
                    public void retry(String connection, String reason) {
                        told.add("retry " + reason);
                    }

                    @Override
                    public void breaker(String connection, String state) {
                        told.add("breaker " + state);
                    }

                    @Override
                    public void quota(String connection, double share) {
                        told.add("quota " + share);
                    }
                });
    }

    private Sender sender() {
        return stack.over(
                request -> wire.send(request, ""), () -> Optional.ofNullable(stop.get()), requests::addAndGet);
    }

    private Reply send(Replay replay) {
        return sender().send(new Request(
                Method.POST, "/x", Map.of(), Body.of("{}"), "application/json", replay, Duration.ofSeconds(5)));
    }

    @Test
    void whatIsWellPassesOnce() {
        assertThat(send(Replay.NEVER)).isEqualTo(answer(200));
        assertThat(wire.sent).hasSize(1);
        assertThat(requests).hasValue(1);
        assertThat(told).containsExactly("request WELL");
    }

    @ParameterizedTest
    @EnumSource(Replay.class)
    void whatWasCertainlyNotAppliedIsSentAgain(Replay replay) {
        wire.then(refused(), answer(429), answer(200));
        Reply reply = send(replay);
        assertThat(((Reply.Answer) reply).status()).isEqualTo(200);
        assertThat(reply.requests()).isEqualTo(2);
        assertThat(wire.sent).hasSize(3);
        assertThat(told).contains("retry refused", "retry busy");
    }

    @ParameterizedTest
    @EnumSource(Replay.class)
    void whatMayHaveBeenAppliedIsSentAgainOnlyWhereThatIsSafe(Replay replay) {
        wire.then(lost(), answer(503), answer(200));
        Reply reply = send(replay);
        assertThat(wire.sent).hasSize(replay == Replay.NEVER ? 1 : 3);
        assertThat(reply).isEqualTo(replay == Replay.NEVER ? lost() : new Reply.Answer(200, Map.of(), Body.EMPTY, 3));
    }

    @Test
    void triesEndAndWaitsGrowWithinTheirBounds() {
        wire.then(lost());
        assertThat(send(Replay.SAME_STATE)).isEqualTo(new Reply.Lost("timeout", 4));
        assertThat(wire.sent).hasSize(4);
        assertThat(held.elapsed()).isPositive().isLessThanOrEqualTo(Duration.ofMillis(500 + 1000 + 2000 + 10));
    }

    @Test
    void retryAfterIsObeyedOrHandedUp() {
        wire.then(answer(429, "retry-after", "20"), answer(200));
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
        assertThat(held.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));

        wire.then(answer(429, "retry-after", "3600"), answer(200));
        Instant before = held.now();
        assertThat(((Reply.Answer) send(Replay.NEVER)).status()).isEqualTo(429);
        assertThat(Duration.between(before, held.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aDoubtIsNotWashedAwayByALaterNotSent() {
        wire.then(lost(), refused());
        assertThat(send(Replay.SAME_STATE)).isEqualTo(new Reply.Lost("timeout", 1));
        wire.then(answer(503), answer(429));
        assertThat(((Reply.Answer) send(Replay.SAME_STATE)).status()).isEqualTo(503);
    }

    @Test
    void aLockOutIsNeverRepeated() {
        wire.then(new Reply.NotSent("login", "invalid_grant", Optional.empty(), 1));
        assertThat(send(Replay.READ)).isInstanceOf(Reply.NotSent.class);
        wire.then(answer(401));
        send(Replay.READ);
        assertThat(wire.sent).hasSize(2);
        assertThat(requests).hasValue(2);
    }

    @Test
    void aStopHoldsBeforeTheWireAndWithinASlice() {
        stop.set("paused");
        assertThat(send(Replay.READ)).isEqualTo(new Reply.NotSent("paused", "", Optional.empty(), 0));
        assertThat(wire.sent).isEmpty();

        stop.set(null);
        wire.then(answer(429, "retry-after", "25"));
        Sender sender = stack.over(
                request -> wire.send(request, ""),
                () -> held.elapsed().compareTo(Duration.ofSeconds(3)) > 0 ? Optional.of("stopped") : Optional.empty(),
                requests::addAndGet);
        Reply reply = sender.send(Request.get("/x", Duration.ofSeconds(5)));
        assertThat(((Reply.Answer) reply).status()).isEqualTo(429);
        assertThat(held.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(wire.sent).hasSize(1);
    }

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
            sender.send(Request.get("/x", Duration.ofSeconds(5)));
        }
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i).minus(starts.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofMillis(249));
        }
        assertThat(held.elapsed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2300));
    }

    @Test
    void concurrencyIsBounded() throws InterruptedException {
        stack = stack(new ConnectionLimits(100_000, 3, 1));
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
                threads.execute(() -> sender.send(Request.get("/x", Duration.ofSeconds(5))));
            }
        }
        assertThat(most).hasValue(3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    @Test
    void theBreakerOpensOnTroubleAloneAndProbesLater() {
        wire.then(answer(429, "retry-after", "3600"));
        for (int i = 0; i < 30; i++) {
            send(Replay.NEVER);
        }
        wire.then(answer(503));
        int before = wire.sent.size();
        for (int i = 0; i < 12; i++) {
            send(Replay.NEVER);
        }
        assertThat(wire.sent.size() - before).isEqualTo(10);
        Reply.NotSent not = (Reply.NotSent) send(Replay.SAME_STATE);
        assertThat(not.reason()).isEqualTo("breaker");
        assertThat(not.notBefore())
                .hasValueSatisfying(until ->
                        assertThat(until).isBetween(held.now(), held.now().plusSeconds(30)));

        held.move(Duration.ofSeconds(31));
        wire.then(answer(200));
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
        assertThat(told).contains("breaker open", "breaker half_open", "breaker closed");
    }

    @Test
    void aProbeThatTheGateStoppedGivesItsPlaceBack() {
        wire.then(answer(503));
        for (int i = 0; i < 10; i++) {
            send(Replay.NEVER);
        }
        held.move(Duration.ofSeconds(31));
        stop.set("stopped");
        for (int i = 0; i < 5; i++) {
            assertThat(((Reply.NotSent) send(Replay.NEVER)).reason()).isEqualTo("stopped");
        }
        stop.set(null);
        wire.then(new Reply.NotSent("login", "", Optional.empty(), 1));
        for (int i = 0; i < 5; i++) {
            send(Replay.NEVER);
        }
        wire.then(answer(200));
        assertThat(send(Replay.NEVER)).isInstanceOf(Reply.Answer.class);
    }
}
