package dev.caravan.delivery.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long LIFE = RetryBudget.LIFE.toNanos();

    private long now = 7 * SECOND;
    private final RetryBudget budget = new RetryBudget(() -> now);

    private int spendAll() {
        int spent = 0;
        while (budget.spend()) {
            spent++;
        }
        return spent;
    }

    @Test
    void aQuietConnectionMayRepeatAFewTimes() {
        assertThat(spendAll()).isEqualTo(5);
        assertThat(budget.ratio()).isZero();
        now += 2 * SECOND;
        assertThat(spendAll()).isEqualTo(1);
        now += 100 * SECOND;
        assertThat(spendAll()).isEqualTo(5);
    }

    @Test
    void aHundredRequestsEarnTwentyRepeatsForTenSeconds() {
        for (int i = 0; i < 100; i++) {
            budget.earn();
        }
        assertThat(budget.ratio()).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            assertThat(budget.spend()).isTrue();
        }
        assertThat(budget.ratio()).isEqualTo(0.6, offset(1e-9));
        assertThat(spendAll()).isEqualTo(15);

        for (int i = 0; i < 100; i++) {
            budget.earn();
        }
        now += 10 * SECOND;
        assertThat(spendAll()).as("only the free ones").isEqualTo(5);
    }

    /** Over any stretch of time: a fifth of its requests and of those in the ten seconds before, and the free ones. */
    @Test
    void repeatsStayAFifthOverAnyStretchOfTime() {
        long first = Long.getLong("caravan.seed", 1);
        for (long seed = first; seed < first + 100; seed++) {
            Random random = new Random(seed);
            List<Long> requests = new ArrayList<>();
            List<Long> repeats = new ArrayList<>();
            int hunger = 1 + random.nextInt(5);
            for (int i = 0; i < 400; i++) {
                now += (long) (random.nextDouble() * random.nextDouble() * SECOND);
                budget.earn();
                requests.add(now);
                for (int j = 0; j < hunger; j++) {
                    if (budget.spend()) {
                        repeats.add(now);
                    }
                }
            }
            for (int i = 0; i < repeats.size(); i += 1 + random.nextInt(10)) {
                for (int j = i; j < repeats.size(); j += 1 + random.nextInt(10)) {
                    long from = repeats.get(i);
                    long to = repeats.get(j);
                    double earned = 0.2 * count(requests, from - LIFE, to) + 5 + 5.0 * (to - from) / LIFE;
                    assertThat((double) count(repeats, from, to))
                            .as("seed %d", seed)
                            .isLessThanOrEqualTo(earned + 1e-6);
                }
            }
            assertThat(repeats.size()).as("seed %d: the budget is used", seed).isGreaterThan(80);
        }
    }

    private static long count(List<Long> times, long from, long to) {
        return times.stream().filter(time -> time >= from && time <= to).count();
    }
}
