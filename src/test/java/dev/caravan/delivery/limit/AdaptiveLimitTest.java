package dev.caravan.delivery.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Signal.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdaptiveLimitTest {

    private static final long MILLI = 1_000_000L;

    private long now;
    private final AdaptiveLimit limit = new AdaptiveLimit(16, () -> now);

    /** As many at once as it allows, so many times. */
    private void rounds(int count, long millis, State state, boolean write) {
        for (int i = 0; i < count; i++) {
            List<AdaptiveLimit.Sample> samples = new ArrayList<>();
            for (int j = 0; j < limit.now(); j++) {
                samples.add(limit.begins());
            }
            now += millis * MILLI;
            samples.forEach(sample -> limit.ended(sample, state, write));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"BUSY", "TROUBLED"})
    void troubleBringsItDownToOneAndGoodAnswersBringItBack(State state) {
        assertThat(limit.now()).isEqualTo(1);
        rounds(20, 100, State.WELL, true);
        assertThat(limit.now()).isEqualTo(16);
        limit.ended(limit.begins(), state, true);
        assertThat(limit.now()).isEqualTo(8);
        rounds(1, 100, state, true);
        assertThat(limit.now()).isEqualTo(1);
        rounds(1, 100, State.WELL, true);
        assertThat(limit.now()).isEqualTo(2);
        rounds(20, 100, State.WELL, true);
        assertThat(limit.now()).isEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"EXHAUSTED", "LOCKED_OUT"})
    void anAllowanceOrALogInIsNoLoad(State state) {
        rounds(20, 100, state, true);
        assertThat(limit.now()).as("it never was asked how it is").isEqualTo(1);
        rounds(20, 100, State.WELL, true);
        rounds(20, 100, state, true);
        assertThat(limit.now()).isEqualTo(16);
    }

    @Test
    void writesThatSlowDownBringItDownAndReadsDoNot() {
        rounds(40, 200, State.WELL, true);
        assertThat(limit.now()).isEqualTo(16);
        rounds(10, 5_000, State.WELL, false);
        assertThat(limit.now()).isEqualTo(16);
        rounds(3, 5_000, State.WELL, true);
        assertThat(limit.now()).isBetween(2, 12);
        rounds(60, 200, State.WELL, true);
        assertThat(limit.now()).isEqualTo(16);
    }

    @Test
    void itStaysBetweenOneAndWhatIsConfigured() {
        long first = Long.getLong("caravan.seed", 1);
        for (long seed = first; seed < first + 50; seed++) {
            Random random = new Random(seed);
            int most = 1 + random.nextInt(6);
            List<State> states = List.of(State.values());
            AdaptiveLimit any = new AdaptiveLimit(most, () -> now);
            for (int i = 0; i < 300; i++) {
                AdaptiveLimit.Sample sample = any.begins();
                now += random.nextInt(10_000) * MILLI;
                any.ended(sample, states.get(random.nextInt(states.size())), random.nextBoolean());
                assertThat(any.now()).as("seed %d", seed).isBetween(1, most);
            }
        }
    }
}
