package dev.caravan.delivery.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {

    private static final Signal WELL = new Signal(State.WELL, Optional.empty(), Optional.empty());
    private static final long SECOND = 1_000_000_000L;

    private long now = -5 * SECOND;

    private static Reply reply(int requests) {
        return new HttpAnswer(200, Map.of(), Body.EMPTY, requests);
    }

    /** The destination counts a request at some moment between its start and its answer, and in windows that begin anywhere. */
    @Test
    void noStretchOfTimeSeesMoreThanTheLimit() {
        long first = Long.getLong("caravan.seed", 1);
        for (long seed = first; seed < first + 200; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(20);
            Duration per = Duration.ofMillis(500 + random.nextInt(20_000));
            List<Long> counted = counted(most, per, random);
            Collections.sort(counted);
            for (int i = most; i < counted.size(); i++) {
                assertThat(counted.get(i) - counted.get(i - most))
                        .as("seed %d: %d within %s", seed, most + 1, per)
                        .isGreaterThanOrEqualTo(per.toNanos());
            }
            assertThat(counted).as("seed %d: not blocked for ever", seed).hasSize(10 * most);
        }
    }

    private List<Long> counted(int most, Duration per, Random random) {
        SlidingWindow window = new SlidingWindow(most, per, () -> now);
        PriorityQueue<Long> answers = new PriorityQueue<>();
        int slots = 1 + random.nextInt(8);
        List<Long> counted = new ArrayList<>();
        while (counted.size() < 10 * most) {
            while (!answers.isEmpty() && answers.element() <= now) {
                answers.remove();
                window.ended(reply(1), WELL);
            }
            long left = window.left();
            if (left <= 0 && answers.size() < slots) {
                window.goes();
                long took = (long) (random.nextDouble() * random.nextInt(3) * SECOND) + 1;
                counted.add(now + (long) (random.nextDouble() * took));
                answers.add(now + took);
            } else {
                long answer = answers.isEmpty() ? Long.MAX_VALUE : answers.element();
                now = Math.min(left <= 0 ? Long.MAX_VALUE : now + left, answer);
            }
            now += random.nextInt(4) == 0 ? random.nextLong(SECOND / 2) : 0;
        }
        return counted;
    }

    @Test
    void aBurstAtTheEndOfAWindowIsNotFollowedByOneAtTheBeginningOfTheNext() {
        SlidingWindow window = new SlidingWindow(3, Duration.ofSeconds(10), () -> now);
        for (int i = 0; i < 3; i++) {
            assertThat(window.left()).isZero();
            window.goes();
            now += SECOND;
            window.ended(reply(1), WELL);
        }
        assertThat(window.left()).isEqualTo(8 * SECOND);
        now += 8 * SECOND;
        assertThat(window.left()).isZero();
        window.goes();
        assertThat(window.left()).isEqualTo(SECOND);
    }

    @Test
    void whatWasNotSentTakesNoPlaceAndWhatTheTransportAddedDoes() {
        SlidingWindow window = new SlidingWindow(2, Duration.ofSeconds(10), () -> now);
        window.goes();
        window.goes();
        assertThat(window.left()).isPositive();
        window.ended(new Reply.NotSent("breaker", "", Optional.empty(), 0), WELL);
        assertThat(window.left()).isZero();
        window.ended(reply(3), WELL);
        assertThat(window.left()).isEqualTo(10 * SECOND);
    }
}
