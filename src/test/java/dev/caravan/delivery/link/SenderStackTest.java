package dev.caravan.delivery.link;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static dev.caravan.delivery.ScriptedTransport.lost;
import static dev.caravan.delivery.ScriptedTransport.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every decorator in the place where it stands: what passes, what is repeated and what is handed up. */
class SenderStackTest extends StackBed {

    @Test
    void whatIsWellPassesOnce() {
        assertThat(send(Replay.NEVER)).isEqualTo(answer(200));
        assertThat(wire.sent).hasSize(1);
        assertThat(requests).hasValue(1);
        assertThat(told).containsExactly("concurrency 1", "budget 1.0", "request WELL", "concurrency 2", "budget 1.0");
    }

    @ParameterizedTest
    @EnumSource(Replay.class)
    void whatWasCertainlyNotAppliedIsSentAgain(Replay replay) {
        wire.then(refused(), answer(429), answer(200));
        Reply reply = send(replay);
        assertThat(((HttpAnswer) reply).status()).isEqualTo(200);
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
        assertThat(reply).isEqualTo(replay == Replay.NEVER ? lost() : new HttpAnswer(200, Map.of(), Body.EMPTY, 3));
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
        assertThat(send(Replay.NEVER)).isInstanceOf(HttpAnswer.class);
        assertThat(held.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));

        wire.then(answer(429, "retry-after", "3600"), answer(200));
        Instant before = held.now();
        assertThat(((HttpAnswer) send(Replay.NEVER)).status()).isEqualTo(429);
        assertThat(Duration.between(before, held.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whatOneRequestIsToldTheOthersOfTheConnectionObey() {
        wire.then(answer(503, "retry-after", "20"), answer(200));
        send(Replay.NEVER);
        assertThat(((HttpAnswer) send(Replay.NEVER)).status()).isEqualTo(200);
        assertThat(held.elapsed()).isEqualTo(Duration.ofSeconds(20));

        wire.then(answer(503, "retry-after", "300"), answer(200));
        send(Replay.NEVER);
        int before = wire.sent.size();
        Reply.NotSent not = (Reply.NotSent) send(Replay.READ);
        assertThat(not.reason()).isEqualTo("busy");
        assertThat(not.notBefore()).hasValue(held.now().plusSeconds(300));
        assertThat(wire.sent).hasSize(before);
    }

    @Test
    void aDoubtIsNotWashedAwayByALaterNotSent() {
        wire.then(lost(), refused());
        assertThat(send(Replay.SAME_STATE)).isEqualTo(new Reply.Lost("timeout", 1));
        wire.then(answer(503), answer(429));
        assertThat(((HttpAnswer) send(Replay.SAME_STATE)).status()).isEqualTo(503);
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
        Reply reply = sender.send(HttpRequest.get("/x", Duration.ofSeconds(5)));
        assertThat(((HttpAnswer) reply).status()).isEqualTo(429);
        assertThat(held.elapsed()).isLessThan(Duration.ofSeconds(4));
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void aBrownOutIsNotBuriedUnderRepeats() {
        wire.then(answer(429));
        for (int i = 0; i < 200; i++) {
            send(Replay.NEVER);
            held.move(Duration.ofMillis(20));
        }
        Duration took = held.elapsed();
        long repeats = told.stream().filter("retry busy"::equals).count();
        assertThat(wire.sent).hasSize((int) (200 + repeats));
        assertThat((double) repeats).isGreaterThan(30).isLessThanOrEqualTo(0.2 * 200 + 5 + took.toMillis() / 2000.0);
        assertThat(told).contains("budget 0.0");
    }
}
