package dev.caravan.delivery.link;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.FakeDestination;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The breaker: what opens and closes it, and who goes out while it is half open. */
class BreakerTest extends StackBed {

    @Test
    void theBreakerOpensOnTroubleAloneAndProbesLater() {
        for (Reply none : List.of(answer(429), answer(401), new Reply.NotSent("login", "", Optional.empty(), 1))) {
            wire.then(none);
            for (int i = 0; i < 30; i++) {
                send(Replay.NEVER);
            }
        }
        assertThat(told).doesNotContain("breaker open");
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
    void onlyTheProbesGoOutOfManyThatWaited() throws InterruptedException {
        Link link = new Link("crm", new FakeDestination(), held.time(), DeliveryMeters.NONE);
        AtomicReference<Instant> openUntil = new AtomicReference<>(Instant.MIN);
        CircuitBreaker breaker = Breaking.breaker(link, openUntil);
        Request request = HttpRequest.get("/x", Duration.ofSeconds(5));
        for (int i = 0; i < 10; i++) {
            new Breaking(any -> link.heard(answer(503)), breaker, openUntil, link).send(request);
        }
        held.move(Duration.ofSeconds(31));
        AtomicInteger out = new AtomicInteger();
        CountDownLatch sentAway = new CountDownLatch(14);
        Hop probing = new Breaking(
                any -> {
                    out.incrementAndGet();
                    awaitQuietly(sentAway);
                    return link.heard(answer(200));
                },
                breaker,
                openUntil,
                link);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.execute(() -> {
                    if (probing.send(request).reply() instanceof Reply.NotSent not
                            && not.reason().equals("breaker")) {
                        sentAway.countDown();
                    }
                });
            }
        }
        assertThat(out).hasValue(2);
        assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void whatAProbeLearnsOfALimitOrALogInNeitherClosesNorOpensIt() {
        for (Reply none : List.of(answer(429), answer(401), answer(403))) {
            stack = stack(new ConnectionLimits(1000, 4, 0.7));
            told.clear();
            wire.then(answer(503));
            for (int i = 0; i < 10; i++) {
                send(Replay.NEVER);
            }
            held.move(Duration.ofSeconds(31));
            wire.then(none);
            for (int i = 0; i < 5; i++) {
                send(Replay.NEVER);
            }
            assertThat(told)
                    .as(none.toString())
                    .containsSubsequence("breaker open", "breaker half_open")
                    .doesNotContain("breaker closed");
            assertThat(told).filteredOn("breaker open"::equals).hasSize(1);
        }
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
