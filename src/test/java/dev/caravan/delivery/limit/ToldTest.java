package dev.caravan.delivery.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToldTest {

    private static final long SECOND = 1_000_000_000L;

    private Instant clock = Instant.parse("2026-03-01T10:00:00Z");
    private long nanos = -1;
    private final Told told = new Told(() -> clock, () -> nanos);

    private void move(Duration by) {
        clock = clock.plus(by);
        nanos += by.toNanos();
    }

    private void answer(Signal signal) {
        told.ended(new HttpAnswer(200, Map.of(), Body.EMPTY, 1), signal);
    }

    private Signal window(long remaining, int seconds) {
        return new Signal(
                State.WELL,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Signal.Window(remaining, clock.plusSeconds(seconds))));
    }

    private Signal rest(State state, long seconds) {
        return new Signal(state, Optional.of(clock.plusSeconds(seconds)), Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void whatOneRequestWasToldAllObey(State state) {
        told.goes();
        assertThat(told.left()).isNotPositive();
        answer(rest(state, 20));
        // The others are about the day or about credentials, and have keepers of their own.
        long expected = state == State.BUSY || state == State.TROUBLED ? 20 * SECOND : 0;
        assertThat(told.left()).isEqualTo(expected);
        answer(rest(state, 5));
        assertThat(told.left()).isEqualTo(expected);
        move(Duration.ofSeconds(20));
        assertThat(told.left()).isNotPositive();
    }

    @Test
    void aCorrectedClockAndAWrongHeaderDoNoHarm() {
        told.goes();
        answer(rest(State.BUSY, 20));
        clock = clock.minus(Duration.ofDays(400));
        assertThat(told.left()).isEqualTo(20 * SECOND);
        move(Duration.ofSeconds(20));
        assertThat(told.left()).isNotPositive();

        answer(rest(State.BUSY, -500));
        assertThat(told.left()).isNotPositive();
        answer(rest(State.BUSY, 99_999_999_999L));
        assertThat(told.left()).isEqualTo(86_400 * SECOND);
    }

    @Test
    void ourOwnAnswersTellNothing() {
        told.goes();
        told.ended(new Reply.NotSent("breaker", "", Optional.of(clock.plusSeconds(30)), 0), rest(State.BUSY, 30));
        assertThat(told.left()).isNotPositive();
    }

    @Test
    void aWindowThatIsUsedUpIsWaitedFor() {
        told.goes();
        answer(window(2, 10));
        told.goes();
        assertThat(told.left()).isNotPositive();
        told.goes();
        assertThat(told.left()).isEqualTo(10 * SECOND);
        move(Duration.ofSeconds(10));
        assertThat(told.left()).isNotPositive();
    }

    @Test
    void requestsUnderWayAreTakenOff() {
        told.goes();
        told.goes();
        told.goes();
        answer(window(3, 10));
        told.goes();
        assertThat(told.left())
                .as("three told, two under way and one after them")
                .isEqualTo(10 * SECOND);
    }

    @Test
    void anOlderAnswerOfTheSameWindowNeverRaisesItAndANewWindowDoes() {
        told.goes();
        told.goes();
        told.goes();
        answer(window(0, 10));
        answer(window(5, 10));
        assertThat(told.left()).isEqualTo(10 * SECOND);
        answer(window(5, 20));
        assertThat(told.left()).isNotPositive();
    }
}
