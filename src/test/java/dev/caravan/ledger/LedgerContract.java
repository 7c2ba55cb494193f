package dev.caravan.ledger;

import static dev.caravan.ledger.Planned.CONTACTS;
import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.run.Trigger;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of every store share: a fresh ledger and the few moves that each story is made of. */
public abstract class LedgerContract {

    protected static final Outcome CREATED = new Outcome.Accepted("00Q1", true);
    protected static final Outcome REFUSED = new Outcome.Rejected("BAD", "Email", "bad value", ErrorClass.DATA);
    protected static final Outcome LOCKED = new Outcome.Rejected("LOCK", null, "locked", ErrorClass.TRANSIENT);
    protected static final Outcome LATER = new Outcome.Deferred("busy", Optional.of(NOON));
    protected static final Outcome LOST = new Outcome.Unknown("timeout");

    @TempDir
    protected Path folder;

    protected Ledger ledger;

    /** The store under test, kept in this folder, with a clock that stands at {@link Planned#NOON}. */
    protected abstract Ledger open(Path folder);

    @BeforeEach
    void openLedger() {
        ledger = open(folder);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    protected void reopen() {
        ledger.close();
        ledger = open(folder);
    }

    protected Claim.Granted claim(MappingId mapping) {
        return (Claim.Granted) ledger.claim(mapping, Trigger.COMMAND, Optional.empty(), List.of());
    }

    /** A run of leads with an open plan of so many adds. */
    protected Claim.Granted planned(long rows) {
        return planned(PlanState.OPEN, "h" + rows, Planned.rows(0, rows));
    }

    protected Claim.Granted planned(PlanState state, String hash, List<PlannedWrite> rows) {
        Claim.Granted run = claim(LEADS);
        ledger.addRows(run.lease(), run.run(), rows);
        ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), hash, state));
        return run;
    }

    /** Sends one row and records what came of it. */
    protected void send(Claim.Granted run, long ordinal, Outcome outcome) {
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(ordinal));
        ledger.complete(run.lease(), batch, List.of(new RowOutcome(ordinal, outcome)));
    }

    protected List<Recorded> after(MappingId mapping, long seq) {
        try (Stream<Recorded> outcomes = ledger.outcomesAfter(mapping, seq)) {
            return outcomes.toList();
        }
    }

    protected List<PlannedWrite> rows(long run) {
        try (Stream<PlannedWrite> rows = ledger.rows(run)) {
            return rows.toList();
        }
    }

    protected static Decision by(String who, String why) {
        return new Decision(who, why, NOON);
    }

    protected static void assertProblem(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(code));
    }

    protected static MappingId other() {
        return CONTACTS;
    }
}
