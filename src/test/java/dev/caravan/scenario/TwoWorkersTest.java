package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.run.Accounting;
import dev.caravan.run.Trigger;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction.LoseAnswer;
import dev.caravan.store.postgres.PostgresLedger;
import dev.caravan.store.postgres.PostgresServer;
import dev.caravan.store.postgres.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers, each with its own folder, share a ledger on PostgreSQL and one destination. */
class TwoWorkersTest {

    @TempDir
    private Path folder;

    private final PostgresSettings settings = PostgresServer.fresh();

    private TestBed worker(String name, String url) {
        return SmallLeads.bed(folder.resolve(name), SmallLeads.MAPPING)
                .write("password", "postgres\n")
                .write("caravan.yaml", """
                        connections:
                          files: {connector: files, path: data}
                          crm:
                            connector: salesforce
                            login_url: %s
                            client_id: "{{env:ID}}"
                            client_secret: "{{env:SECRET}}"
                            limits: {requests_per_second: 1000, concurrency: 4}
                        state:
                          ledger: "postgresql://%s?schema=%s"
                          user: postgres
                          password: "{{file:password}}"
                          snapshots: %s
                        """.formatted(
                                url, settings.address(), settings.schema(), folder.resolve("shared")));
    }

    @Test
    void whatOneWorkerWroteTheOtherKnows() {
        try (TestBed one = worker("one", "\"{{env:URL}}\"");
                TestBed two = worker("two", one.sandbox().baseUri().toString())) {
            SmallLeads.model(one, SmallLeads.many(5, "first"));
            SmallLeads.model(two, SmallLeads.many(5, "first"));
            one.sync();
            assertThat(one.written()).hasSize(5);
            assertThat(two.sync().accounting().planned()).isZero();

            SmallLeads.model(one, SmallLeads.many(5, "second"));
            SmallLeads.model(two, SmallLeads.many(5, "second"));
            two.sync();
            assertThat(one.written()).hasSize(5);
            one.sync();
            assertThat(one.written()).isEmpty();
            assertThat(folder.resolve("shared/test")).isDirectoryContaining("glob:**/4.duckdb");

            one.operations().reset(TestBed.MAPPING, new Decision("ada", "", Instant.EPOCH));
            assertThat(two.plan().summary().orElseThrow().add()).isEqualTo(5);
        }
    }

    /** How long ago a request was lost is told by the server they share, whatever clocks they have themselves. */
    @Test
    void aWorkerWhoseClockIsAnHourAheadWaitsForALostRequestAllTheSame() {
        try (TestBed one = worker("one", "\"{{env:URL}}\"");
                TestBed two = worker("two", one.sandbox().baseUri().toString())) {
            one.sandbox()
                    .faults()
                    .add(Fault.once(new LoseAnswer()).times(Fault.ALWAYS).on(null, "composite"));
            SmallLeads.model(one, "a,Ann,1,A,one,x");
            assertThat(one.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 0, 1, 0));
            one.sandbox().faults().clear();

            two.time().pass(Duration.ofHours(1));
            SmallLeads.model(two, "a,Ann,1,A,two,x");
            assertThat(two.sync().accounting()).isEqualTo(new Accounting(1, 0, 0, 1, 0, 0));
            assertThat(SmallLeads.inSandbox(one, "Note__c")).isEqualTo(Map.of("a", "one"));
        }
    }

    @Test
    void aMappingThatAnotherWorkerRunsIsBusyAndShownAsRunning() {
        try (TestBed one = worker("one", "\"{{env:URL}}\"");
                Ledger other = PostgresLedger.open(
                        settings,
                        System::nanoTime,
                        InstantSource.system(),
                        "another worker",
                        new LeaseTimes(Duration.ofMinutes(5), Duration.ofSeconds(1)))) {
            SmallLeads.model(one, SmallLeads.many(2, "first"));
            Claim.Granted run =
                    (Claim.Granted) other.claim(TestBed.MAPPING, Trigger.COMMAND, Optional.empty(), List.of());
            assertThatThrownBy(one::sync).isInstanceOf(EnvironmentFailure.class).hasMessageContaining("run.busy");
            assertThat(one.last().state()).isEqualTo("running");
            assertThat(one.worker().diagnosis().findings())
                    .extracting(Finding::detail)
                    .anyMatch(said -> said.equals("opens at " + settings.address()));
            assertThat(one.written()).isEmpty();

            other.record(run.lease(), other.run(run.run()).orElseThrow());
            assertThatThrownBy(one::sync).isInstanceOf(EnvironmentFailure.class);
        }
    }
}
