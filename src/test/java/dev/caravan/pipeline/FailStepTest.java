package dev.caravan.pipeline;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.Given;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sqlite.SqliteLedger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that throws leaves behind depends on how far its plan had come. */
class FailStepTest {

    private static final InstantSource CLOCK = InstantSource.fixed(NOON);

    @TempDir
    private Path folder;

    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = SqliteLedger.open(folder.resolve("ledger.db"), CLOCK);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aHeldPlanOutlivesItsRun() {
        SyncRun run = run();
        Plan held = Planned.plan(LEADS, run.id(), "hash", PlanState.HELD);
        ledger.seal(run.lease(), held);
        run.planned(held, held.verdicts(), RunState.HELD);

        assertThat(fail(run).accounting()).isEqualTo(new Accounting(3, 0, 0, 3, 0, 0));
        assertThat(ledger.heldPlan(LEADS)).contains(held);
        assertThat(rows(run)).isEqualTo(3);
    }

    @Test
    void whatAnOpenPlanDidNotSendIsHeld() {
        SyncRun run = run();
        Plan open = Planned.plan(LEADS, run.id(), "hash", PlanState.OPEN);
        ledger.seal(run.lease(), open);
        run.planned(open, open.verdicts(), RunState.RUNNING);

        assertThat(fail(run).accounting()).isEqualTo(new Accounting(3, 0, 0, 3, 0, 0));
        assertThat(ledger.pending(run.id())).isEmpty();
    }

    @Test
    void rowsWithoutAPlanAreForgotten() {
        SyncRun run = run();

        assertThat(fail(run).accounting()).isEqualTo(Accounting.NONE);
        assertThat(rows(run)).isZero();
    }

    private SyncRun run() {
        Claim.Granted claim = (Claim.Granted) ledger.claim(LEADS, Trigger.COMMAND, Optional.empty(), List.of());
        SyncRun run = new SyncRun(
                new Order(
                        new Given().mapping(),
                        Mode.SYNC,
                        Trigger.COMMAND,
                        Optional.empty(),
                        Optional.empty(),
                        (step, done, total) -> {}),
                Monitor.real());
        run.claimed(claim.lease(), claim.run(), NOON);
        ledger.addRows(run.lease(), run.id(), Planned.rows(0, 3));
        return run;
    }

    private Run fail(SyncRun run) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(run);
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT, new RunFailure(Problem.of(Code.RUN_DEFECT, "the cause", "report it")));
        new FailStep(ledger, CLOCK, RunListener.NONE).process(exchange);
        Run failed = ledger.run(run.id()).orElseThrow();
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.error()).contains("the cause");
        return failed;
    }

    private long rows(SyncRun run) {
        try (var rows = ledger.rows(run.id())) {
            return rows.count();
        }
    }
}
