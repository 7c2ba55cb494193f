package dev.caravan.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Spending.Purse;
import dev.caravan.ledger.Spending.Taken;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken stays taken, by whoever. */
public abstract class SpendingContract {

    private static final Instant NOON = Planned.NOON;
    private static final Instant BEFORE = NOON.minus(Duration.ofDays(1));
    private static final Purse DAY = new Purse("crm", "day");

    @TempDir
    protected Path folder;

    private Spending spending;

    /** What a process finds that begins now. */
    protected abstract Spending open(Path folder);

    @BeforeEach
    void begin() {
        spending = open(folder);
    }

    @Test
    void noMoreIsTakenThanThereIsAlsoAfterARestart() {
        assertThat(spending.take(DAY, BEFORE, 10, 7, NOON).granted()).isTrue();
        spending = open(folder);
        Taken refused = spending.take(DAY, BEFORE, 10, 4, NOON.plusSeconds(600));
        assertThat(refused.granted()).isFalse();
        assertThat(refused.sum()).isEqualTo(7);
        assertThat(spending.take(DAY, BEFORE, 10, 3, NOON.plusSeconds(600)).stretches())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Spending.stretch(NOON), 7L, Spending.stretch(NOON.plusSeconds(600)), 3L));
        assertThat(spending.take(new Purse("crm", "other"), BEFORE, 10, 10, NOON)
                        .granted())
                .as("another limit")
                .isTrue();
        assertThat(spending.take(new Purse("erp", "day"), BEFORE, 10, 10, NOON).granted())
                .as("another connection")
                .isTrue();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgainAndWhatWasLongAgoIsForgotten() {
        spending.take(DAY, BEFORE, 10, 10, NOON);
        spending.add(DAY, -4, NOON.plusSeconds(1));
        assertThat(spending.take(DAY, BEFORE, 10, 5, NOON).granted()).isFalse();
        assertThat(spending.take(DAY, BEFORE, 10, 4, NOON).granted()).isTrue();
        assertThat(spending.take(DAY, Spending.stretch(NOON), 10, 10, NOON.plusSeconds(900))
                        .granted())
                .isTrue();
    }

    /** As when the zone of a day is corrected. */
    @Test
    void aDayThatBeganEarlierThanWasThoughtKnowsWhatWasTakenOfIt() {
        spending.take(DAY, BEFORE, 10, 7, NOON.minus(Duration.ofHours(20)));
        assertThat(spending.take(DAY, NOON.minus(Duration.ofHours(1)), 10, 1, NOON)
                        .sum())
                .as("since an hour")
                .isEqualTo(1);
        Taken whole = spending.take(DAY, BEFORE, 10, 3, NOON);
        assertThat(whole.granted()).isFalse();
        assertThat(whole.sum()).isEqualTo(8);
    }

    @Test
    void manyAtOnceTakeNoMoreThanThereIs() throws Exception {
        Callable<Boolean> one = () -> spending.take(DAY, BEFORE, 25, 1, NOON).granted();
        List<Boolean> granted = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(60, one))) {
                granted.add(each.get());
            }
        }
        assertThat(granted).filteredOn(yes -> yes).hasSize(25);
    }
}
