package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The ledger calls a run ended before its snapshot is let go. */
class LiveRunsTest {

    private static final MappingId LEADS = new MappingId("leads");

    private final LiveRuns live = new LiveRuns(Monitor.real());
    private final List<Long> claimed = new CopyOnWriteArrayList<>();

    private void claim(MappingId mapping, long run) {
        claim(live, mapping, run);
    }

    private void claim(LiveRuns live, MappingId mapping, long run) {
        live.claim(mapping, List::of, alive -> {
            claimed.add(run);
            return new Claim.Granted(new Lease(mapping, run), run);
        });
    }

    @Test
    void theNextClaimOfAMappingWaitsUntilTheLastRunIsOut() throws InterruptedException {
        claim(LEADS, 1);
        Thread next = new Thread(() -> claim(LEADS, 2));
        next.start();
        while (next.getState() != Thread.State.TIMED_WAITING && next.isAlive()) {
            Thread.onSpinWait();
        }
        claim(new MappingId("contacts"), 3);
        assertThat(claimed).containsExactly(1L, 3L);
        live.ended(1);
        next.join();
        assertThat(claimed).containsExactly(1L, 3L, 2L);
        assertThat(live.count()).isEqualTo(2);
    }

    @Test
    void aRunThatNeverLetsGoIsNotWaitedForWithoutEnd() {
        LiveRuns impatient = new LiveRuns(Monitor.real(), Duration.ofMillis(1));
        claim(impatient, LEADS, 1);
        assertThatThrownBy(() -> claim(impatient, LEADS, 2))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("run.busy");
        assertThatThrownBy(() -> impatient.between(LEADS, List::of, () -> claimed.add(99L)))
                .isInstanceOf(EnvironmentFailure.class);
        assertThat(claimed).containsExactly(1L);
    }
}
