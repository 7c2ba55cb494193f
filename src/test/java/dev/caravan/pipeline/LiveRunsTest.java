package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

    /** The ledger may wait for a lock as long as that takes: nobody else waits for it. */
    @Test
    void aClaimThatWaitsForTheLedgerHoldsUpNothingElse() throws InterruptedException {
        claim(new MappingId("contacts"), 1);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread slow = new Thread(() -> live.claim(LEADS, List::of, alive -> {
            asked.countDown();
            await(locked);
            return new Claim.Granted(new Lease(LEADS, 2), 2);
        }));
        slow.start();
        await(asked);
        assertThat(live.contains(run(1, "contacts"))).isTrue();
        assertThat(live.contains(run(3, "contacts"))).isFalse();
        assertThat(live.contains(run(2, "leads")))
                .as("it may be granted already")
                .isTrue();
        live.ended(1);
        claim(new MappingId("contacts"), 3);
        assertThat(live.awaitNone(Duration.ZERO)).isFalse();

        locked.countDown();
        slow.join();
        assertThat(live.contains(run(2, "leads"))).isTrue();
        live.ended(2);
        assertThat(live.contains(run(2, "leads"))).isFalse();
        live.ended(3);
        assertThat(live.awaitNone(Duration.ZERO)).isTrue();
    }

    private static Run run(long id, String mapping) {
        return new Run(
                id,
                new MappingId(mapping),
                1,
                Trigger.COMMAND,
                RunState.RUNNING,
                Instant.EPOCH,
                null,
                0,
                0,
                0,
                0,
                0,
                Accounting.NONE,
                0,
                null,
                List.of(),
                null);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
