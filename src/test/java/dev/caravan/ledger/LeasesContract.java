package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.LEADS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two owners on one store whose leases run out (invariant I10). The store's clock is the test's. */
public abstract class LeasesContract {

    /** What the ledgers under test are opened with. */
    protected static final LeaseTimes TIMES = new LeaseTimes(Duration.ofSeconds(60), Duration.ofSeconds(10));

    private static final MappingId MAPPING = LEADS;

    protected Ledger first;
    protected Ledger second;

    /** A fresh store's ledger for an owner, or one more on the same store. */
    protected abstract Ledger open(String owner);

    /** Moves the store's clock on. */
    protected abstract void pass(Duration time);

    @BeforeEach
    void openBoth() {
        first = open("first");
        second = open("second");
    }

    @AfterEach
    void closeBoth() {
        first.close();
        second.close();
    }

    @Test
    void aLeaseOfAnotherOwnerIsBusyUntilItsTimeIsOver() {
        Claim.Granted run = granted(claim(first));
        pass(Duration.ofSeconds(59));
        assertThat(claim(second))
                .isInstanceOfSatisfying(
                        Claim.Busy.class, busy -> assertThat(busy.run()).isEqualTo(run.run()));
        assertThat(second.elsewhere(run.run())).isTrue();
        assertThat(first.elsewhere(run.run())).isFalse();

        pass(Duration.ofSeconds(1));
        assertThat(second.elsewhere(run.run())).isFalse();
        Claim.Granted next = granted(claim(second));
        assertThat(next.lease().epoch()).isEqualTo(run.lease().epoch() + 1);
        assertThat(claim(first)).isInstanceOf(Claim.Busy.class);
        assertThat(second.unfinished(MAPPING, next.run())).extracting(Run::id).containsExactly(run.run());
    }

    @Test
    void aBusyMappingLeavesAFireUnclaimedAndAClaimedOneIsNoOneElses() {
        Optional<java.time.Instant> fire = Optional.of(Planned.NOON);
        granted(claim(first));
        assertThat(second.claim(MAPPING, Trigger.SCHEDULE, fire, List.of())).isInstanceOf(Claim.Busy.class);
        pass(TIMES.length());
        assertThat(second.claim(MAPPING, Trigger.SCHEDULE, fire, List.of())).isInstanceOf(Claim.Granted.class);
        assertThat(first.claim(MAPPING, Trigger.SCHEDULE, fire, List.of())).isEqualTo(new Claim.AlreadyFired());
    }

    @Test
    void aRenewedLeaseLastsAndOneThatWasTakenOverIsTold() {
        Claim.Granted run = granted(claim(first));
        pass(Duration.ofSeconds(50));
        assertThat(first.renew(Set.of(run.run()))).containsExactly(run.run());
        pass(Duration.ofSeconds(59));
        assertThat(claim(second)).isInstanceOf(Claim.Busy.class);

        pass(Duration.ofSeconds(2));
        assertThat(first.renew(Set.of(run.run())))
                .as("over, but nobody took it")
                .containsExactly(run.run());
        pass(TIMES.length());
        Claim.Granted next = granted(claim(second));
        assertThat(first.renew(Set.of(run.run()))).isEmpty();
        assertThat(second.renew(Set.of(run.run(), next.run()))).containsExactly(next.run());
    }

    @Test
    void aRunThatEndedGivesItsTimeUp() {
        Claim.Granted run = granted(claim(first));
        first.record(run.lease(), ended(first, run.run(), RunState.DONE));
        assertThat(first.renew(Set.of(run.run()))).isEmpty();

        Claim.Granted next = granted(claim(second));
        second.record(next.lease(), ended(second, run.run(), RunState.INTERRUPTED));
        assertThat(claim(first))
                .as("closing an older run's books is not the end of this one")
                .isInstanceOf(Claim.Busy.class);
    }

    /** What a run leaves at the destination goes on without it: another worker may ask about it at once. */
    @Test
    void aRunThatIsLeftOpenGivesItsTimeUpAndIsTakenOverAtOnce() {
        Claim.Granted run = planned(first, MAPPING, 2);
        first.begin(run.lease(), run.run(), Planned.job(0));
        first.leave(run.lease(), run.run());
        assertThat(second.elsewhere(run.run())).isFalse();
        assertThat(first.renew(Set.of(run.run()))).isEmpty();

        Claim.Granted next = granted(claim(second));
        assertThat(second.unfinished(MAPPING, next.run())).extracting(Run::id).containsExactly(run.run());
        assertThat(second.openBatches(MAPPING, next.run())).hasSize(1);
        assertCode(Code.RUN_FENCED, () -> first.leave(run.lease(), run.run()));
        assertThat(claim(first)).as("only its own lease is given up").isInstanceOf(Claim.Busy.class);
    }

    @Test
    void nothingIsSentShortlyBeforeTheLeaseIsOver() {
        Claim.Granted run = planned(first, MAPPING, 3);
        pass(Duration.ofSeconds(50));
        first.begin(run.lease(), run.run(), Planned.upsert(0));
        pass(Duration.ofSeconds(1));
        assertCode(Code.RUN_LEASE, () -> first.begin(run.lease(), run.run(), Planned.upsert(1)));
        assertThat(first.pending(run.run())).containsExactly(1L, 2L);

        first.renew(Set.of(run.run()));
        first.begin(run.lease(), run.run(), Planned.upsert(1));
    }

    @Test
    void theOutcomeOfWhatWasSentIsKeptEvenAfterTheTimeUntilSomebodyTakesOver() {
        Claim.Granted run = planned(first, MAPPING, 2);
        long one = first.begin(run.lease(), run.run(), Planned.upsert(0));
        long two = first.begin(run.lease(), run.run(), Planned.upsert(1));
        pass(TIMES.length().multipliedBy(3));
        first.complete(run.lease(), one, List.of(new RowOutcome(0, LedgerContract.CREATED)));

        Claim.Granted next = granted(claim(second));
        assertCode(
                Code.RUN_FENCED,
                () -> first.complete(run.lease(), two, List.of(new RowOutcome(1, LedgerContract.CREATED))));
        assertThat(second.openBatches(MAPPING, next.run())).hasSize(1);
        assertThat(second.account(run.run())).isEqualTo(new Accounting(2, 1, 0, 0, 0, 0));
    }

    /** Every method that takes a lease is tried: a new one that is forgotten here fails the test. */
    @Test
    void everyWriteOfAStaleOwnerIsRefused() {
        Claim.Granted run = planned(first, MAPPING, 3);
        long batch = first.begin(run.lease(), run.run(), Planned.job(0));
        Claim.Granted open = granted(claim(first));
        first.addRows(open.lease(), open.run(), Planned.rows(0, 1));
        pass(TIMES.length());
        Claim.Granted now = planned(second, MAPPING, 1);

        Map<String, ThrowingCallable> writes = writes(first, open, run, batch);
        assertThat(writes.keySet()).isEqualTo(withLease());
        writes.forEach((name, write) -> assertCode(Code.RUN_FENCED, write));
        assertThat(second.planOfRun(open.run())).isEmpty();
        assertThat(second.rows(open.run(), -1, 9)).hasSize(1);
        assertThat(second.openBatches(MAPPING, now.run())).hasSize(1);
        assertThat(second.unresolvedCount(MAPPING)).isZero();
    }

    private static Map<String, ThrowingCallable> writes(
            Ledger ledger, Claim.Granted stale, Claim.Granted sealed, long batch) {
        Lease lease = stale.lease();
        long run = stale.run();
        Plan plan = Planned.plan(MAPPING, run, "x", PlanState.OPEN);
        Map<String, ThrowingCallable> writes = new TreeMap<>();
        writes.put("record", () -> ledger.record(lease, ended(ledger, run, RunState.DONE)));
        writes.put("leave", () -> ledger.leave(lease, run));
        writes.put("addRows", () -> ledger.addRows(lease, run, Planned.rows(1, 2)));
        writes.put("rewriteRows", () -> ledger.rewriteRows(lease, run, Set.of("Company"), row -> row));
        writes.put("dropRows", () -> ledger.dropRows(lease, run));
        writes.put("seal", () -> ledger.seal(lease, plan));
        writes.put("adopt", () -> ledger.adopt(lease, sealed.run(), plan));
        writes.put(
                "move", () -> ledger.move(lease, ledger.planOfRun(sealed.run()).orElseThrow(), PlanState.SUPERSEDED));
        writes.put("begin", () -> ledger.begin(lease, sealed.run(), Planned.upsert(1)));
        writes.put("remember", () -> ledger.remember(lease, batch, "750"));
        writes.put("completeAll", () -> ledger.completeAll(lease, List.of(batch), LedgerContract.LOST));
        writes.put("complete", () -> ledger.complete(lease, batch, List.of(new RowOutcome(0, LedgerContract.CREATED))));
        writes.put(
                "found",
                () -> ledger.found(
                        lease,
                        sealed.run(),
                        Planned.upsert(1),
                        List.of(new RowOutcome(1, new Outcome.Unchanged("00Q1")))));
        writes.put("hold", () -> ledger.hold(lease, sealed.run(), "quota", List.of(2L)));
        writes.put("supersedeUnsent", () -> ledger.supersedeUnsent(lease, sealed.run()));
        writes.put("schema", () -> ledger.schema(lease, "v9"));
        writes.put("unresolved", () -> ledger.unresolved(lease, 7));
        return writes;
    }

    private static Set<String> withLease() {
        return Arrays.stream(Ledger.class.getMethods())
                .filter(method -> Arrays.asList(method.getParameterTypes()).contains(Lease.class))
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    /** What either may do is decided by the epochs and the clock alone, whatever the order. */
    @Test
    void twoOwnersInAnyOrderNeverBothWrite() {
        long seed = Long.getLong("caravan.seed", 20_261_122L);
        Random random = new Random(seed);
        for (int story = 0; story < 200; story++) {
            new Story(random, "story " + story + " of -Dcaravan.seed=" + seed, new MappingId("s" + story)).tell();
        }
    }

    /** A random history of one mapping beside its model: who holds it, until when. */
    private final class Story {

        private static final int STEPS = 8;

        private final Random random;
        private final String name;
        private final MappingId mapping;
        private final Map<Ledger, Claim.Granted> runs = new LinkedHashMap<>();
        private final Map<Ledger, Long> sent = new LinkedHashMap<>();
        private long epoch;
        private Ledger holder = first;
        private Duration left = Duration.ZERO;
        private long accepted;

        Story(Random random, String name, MappingId mapping) {
            this.random = random;
            this.name = name;
            this.mapping = mapping;
        }

        void tell() {
            for (int step = 0; step < STEPS; step++) {
                Ledger actor = random.nextBoolean() ? first : second;
                switch (random.nextInt(5)) {
                    case 0 -> claims(actor);
                    case 1, 2 -> sends(actor);
                    case 3 -> renews(actor);
                    default -> waits(Duration.ofSeconds(random.nextInt(80)));
                }
            }
            try (var outcomes = first.outcomesAfter(mapping, 0)) {
                assertThat(outcomes.map(Deliveries.Recorded::seq).toList())
                        .as(name)
                        .hasSize((int) accepted)
                        .isSorted();
            }
        }

        private void waits(Duration time) {
            pass(time);
            left = left.minus(time);
        }

        private void claims(Ledger actor) {
            Claim claim = actor.claim(mapping, Trigger.COMMAND, Optional.empty(), List.of());
            if (!actor.equals(holder) && left.isPositive()) {
                assertThat(claim).as(name).isInstanceOf(Claim.Busy.class);
                return;
            }
            Claim.Granted run = granted(claim);
            assertThat(run.lease().epoch()).as(name).isEqualTo(++epoch);
            actor.addRows(run.lease(), run.run(), Planned.rows(0, STEPS));
            actor.seal(run.lease(), Planned.plan(mapping, run.run(), "h", PlanState.OPEN));
            runs.put(actor, run);
            sent.put(actor, 0L);
            holder = actor;
            left = TIMES.length();
        }

        private void sends(Ledger actor) {
            Claim.Granted run = runs.get(actor);
            if (run == null) {
                return;
            }
            long ordinal = sent.merge(actor, 1L, Long::sum) - 1;
            if (run.lease().epoch() < epoch) {
                assertCode(Code.RUN_FENCED, () -> actor.begin(run.lease(), run.run(), Planned.upsert(ordinal)));
            } else if (left.compareTo(TIMES.margin()) < 0) {
                assertCode(Code.RUN_LEASE, () -> actor.begin(run.lease(), run.run(), Planned.upsert(ordinal)));
            } else {
                long batch = actor.begin(run.lease(), run.run(), Planned.upsert(ordinal));
                actor.complete(run.lease(), batch, List.of(new RowOutcome(ordinal, LedgerContract.CREATED)));
                accepted++;
            }
        }

        private void renews(Ledger actor) {
            Claim.Granted run = runs.get(actor);
            if (run == null) {
                return;
            }
            boolean current = run.lease().epoch() == epoch;
            assertThat(actor.renew(Set.of(run.run())).contains(run.run()))
                    .as(name)
                    .isEqualTo(current);
            left = current ? TIMES.length() : left;
        }
    }

    protected static Claim claim(Ledger ledger) {
        return ledger.claim(MAPPING, Trigger.COMMAND, Optional.empty(), List.of());
    }

    protected static Claim.Granted granted(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return (Claim.Granted) claim;
    }

    protected static Claim.Granted planned(Ledger ledger, MappingId mapping, long rows) {
        Claim.Granted run = granted(ledger.claim(mapping, Trigger.COMMAND, Optional.empty(), List.of()));
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, rows));
        ledger.seal(run.lease(), Planned.plan(mapping, run.run(), "h" + rows, PlanState.OPEN));
        return run;
    }

    private static Run ended(Ledger ledger, long id, RunState state) {
        Run run = ledger.run(id).orElseThrow();
        return new Run(
                id,
                run.mapping(),
                run.epoch(),
                run.trigger(),
                state,
                run.started(),
                Planned.NOON,
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

    protected static void assertCode(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(code));
    }
}
