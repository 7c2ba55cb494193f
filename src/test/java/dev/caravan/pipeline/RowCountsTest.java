package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowCountsTest {

    @Test
    void whatWasAskedForIsCountedHoweverMuchItIs() {
        Random random = new Random(7);
        RowCounts counts = new RowCounts();
        Map<Long, Long> wanted = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            long hash = i % 100 == 0 ? i : random.nextLong();
            assertThat(counts.ask(hash)).isEqualTo(wanted.put(hash, 0L) == null);
            assertThat(counts.ask(hash)).isFalse();
        }
        assertThat(counts.ask(0)).as("a hash like any other").isFalse();
        Long[] asked = wanted.keySet().toArray(Long[]::new);
        for (int i = 0; i < 50_000; i++) {
            long hash = asked[random.nextInt(asked.length)];
            counts.add(hash);
            wanted.merge(hash, 1L, Long::sum);
            counts.add(random.nextLong());
        }
        wanted.forEach((hash, rows) -> assertThat(counts.of(hash)).isEqualTo(rows));
        counts.restart();
        assertThat(wanted.keySet()).allMatch(hash -> counts.of(hash) == 0 && !counts.ask(hash));
    }

    @Test
    void ofVeryManyRowsItIsOnlyToldThatTheyAreMany() {
        RowCounts counts = new RowCounts();
        counts.ask(3);
        for (int i = 0; i < 1_000; i++) {
            counts.add(3);
        }
        assertThat(counts.of(3)).isEqualTo(100);
        assertThat(counts.of(4)).isZero();
    }
}
