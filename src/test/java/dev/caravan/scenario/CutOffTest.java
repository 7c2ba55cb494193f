package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sqlite.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told between a kill and the next run. */
class CutOffTest {

    private static final String MAPPING = SmallLeads.MAPPING.replace("operation: upsert", "operation: insert");

    @TempDir
    private Path folder;

    @Test
    void nobodyIsToldThatNothingIsToBeDecided() throws IOException {
        dieWithThreeRowsOnTheirWay();
        try (TestBed bed = new TestBed(folder, SmallLeads.spec()).write("mappings/test.yaml", MAPPING)) {
            assertThat(bed.operations().status()).singleElement().satisfies(status -> {
                assertThat(status.last().orElseThrow().state()).isEqualTo(RunState.INTERRUPTED);
                assertThat(status.unsettled().unanswered()).isEqualTo(3);
            });
            assertThat(bed.worker().diagnosis().findings())
                    .contains(new Finding(
                            "last run of test",
                            Level.WARNING,
                            "run 1 was cut off; 3 rows had been sent and nobody answered; caravan sync test, or a worker that"
                                    + " starts, goes on"));
            assertThatThrownBy(() -> replay(bed, Optional.of(OnUnknown.DROP)))
                    .isInstanceOfSatisfying(EnvironmentFailure.class, failure -> {
                        assertThat(failure.problems().getFirst().code()).isEqualTo(Code.RUN_INTERRUPTED);
                        assertThat(failure.problems().getFirst().oneLine())
                                .contains("run 1 of test was cut off")
                                .contains("caravan sync test");
                    });
            replay(bed, Optional.empty());
        }
    }

    private static void replay(TestBed bed, Optional<OnUnknown> word) {
        Decision ada = new Decision("ada", "", bed.time().time().clock().instant());
        bed.operations().replay(TestBed.MAPPING, Set.of(), word, ada);
    }

    private void dieWithThreeRowsOnTheirWay() throws IOException {
        Files.createDirectories(folder.resolve("state"));
        try (Ledger ledger = SqliteLedger.open(folder.resolve("state/ledger.db"), () -> Planned.NOON)) {
            Claim.Granted run =
                    (Claim.Granted) ledger.claim(TestBed.MAPPING, Trigger.COMMAND, Optional.empty(), List.of());
            ledger.addRows(run.lease(), run.run(), Planned.rows(0, 3));
            ledger.seal(run.lease(), Planned.plan(TestBed.MAPPING, run.run(), "aa", PlanState.OPEN));
            ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1, 2));
        }
    }
}
