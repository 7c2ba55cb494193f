package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.delivery.link.StopSignal;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Leases;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A run stops sending before the store may give its lease away, whatever becomes of the renewals. */
class LeaseWatchTest {

    private final Store store = new Store();
    private long nanos = 1_000;
    private Instant wall = Instant.parse("2026-03-04T12:00:00Z");
    private final LeaseWatch watch = new LeaseWatch(store, () -> nanos, () -> wall);

    private void pass(long seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
        wall = wall.plusSeconds(seconds);
    }

    /** What a suspended machine meets: its monotonic clock stood still. */
    @Test
    void aMachineThatWasSuspendedPastTheLeaseSendsNothingWhenItWakes() {
        watch.granted(7, watch.now());
        StopSignal stop = watch.of(7, StopSignal.NEVER);
        wall = wall.plus(Duration.ofHours(3));
        assertThat(stop.reason()).contains("lease");
    }

    @Test
    void aWallClockThatIsPutBackLengthensNoLease() {
        watch.granted(7, watch.now());
        StopSignal stop = watch.of(7, StopSignal.NEVER);
        wall = wall.minus(Duration.ofHours(1));
        pass(49);
        assertThat(stop.reason()).isEmpty();
        pass(1);
        assertThat(stop.reason()).contains("lease");
    }

    @Test
    void aRunSendsUntilTheMarginOfALeaseThatIsNotRenewed() {
        watch.granted(7, watch.now());
        StopSignal stop = watch.of(7, StopSignal.NEVER);
        pass(49);
        assertThat(stop.reason()).isEmpty();
        pass(1);
        assertThat(stop.reason()).contains("lease");
    }

    @Test
    void eachRenewalCountsFromBeforeItWasAsked() {
        watch.granted(7, watch.now());
        StopSignal stop = watch.of(7, StopSignal.NEVER);
        pass(40);
        store.slow = () -> pass(9);
        watch.renew();
        pass(40);
        assertThat(stop.reason()).isEmpty();
        pass(1);
        assertThat(stop.reason()).contains("lease");
    }

    @Test
    void aLeaseThatAnotherTookStopsItsRunAtOnceAndNoOther() {
        watch.granted(7, watch.now());
        watch.granted(8, watch.now());
        store.taken.add(7L);
        StopSignal lost = watch.of(7, StopSignal.NEVER);
        StopSignal kept = watch.of(8, StopSignal.NEVER);
        watch.renew();
        assertThat(lost.reason()).contains("lease");
        assertThat(kept.reason()).isEmpty();
    }

    @Test
    void aStoreThatCannotBeReachedStopsRunsOnlyWhenTheirTimeIsOver() {
        watch.granted(7, watch.now());
        StopSignal stop = watch.of(7, StopSignal.NEVER);
        store.slow = () -> {
            throw new EnvironmentFailure(Problem.of(Code.LEDGER_UNREACHABLE, "gone", "wait"));
        };
        pass(20);
        assertThatThrownBy(watch::renew).isInstanceOf(EnvironmentFailure.class);
        assertThat(stop.reason()).isEmpty();
        pass(30);
        assertThat(stop.reason()).contains("lease");

        store.slow = () -> {};
        watch.renew();
        assertThat(stop.reason()).as("once said, it stays").contains("lease");
    }

    @Test
    void aRunThatEndedIsRenewedNoMoreAndOtherReasonsComeFirst() {
        watch.granted(7, watch.now());
        assertThat(watch.of(7, () -> Optional.of("paused")).reason()).contains("paused");
        watch.ended(7);
        watch.renew();
        assertThat(store.asked).isEmpty();
        assertThat(watch.pace()).contains(Duration.ofSeconds(10));
    }

    @Test
    void whereLeasesDoNotRunOutNothingChanges() {
        assertThat(LeaseWatch.NONE.of(7, StopSignal.NEVER)).isSameAs(StopSignal.NEVER);
        assertThat(LeaseWatch.NONE.pace()).isEmpty();
    }

    private static final class Store implements Leases {

        private final Set<Long> taken = new HashSet<>();
        private final Set<Long> asked = new HashSet<>();
        private Runnable slow = () -> {};

        @Override
        public Optional<LeaseTimes> leaseTimes() {
            return Optional.of(new LeaseTimes(Duration.ofSeconds(60), Duration.ofSeconds(10)));
        }

        @Override
        public Set<Long> renew(Collection<Long> runs) {
            slow.run();
            asked.addAll(runs);
            Set<Long> kept = new HashSet<>(runs);
            kept.removeAll(taken);
            return kept;
        }

        @Override
        public boolean elsewhere(long run) {
            return taken.contains(run);
        }
    }
}
