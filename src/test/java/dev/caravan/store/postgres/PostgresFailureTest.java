package dev.caravan.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.row.RowKey;
import dev.caravan.run.Trigger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the server's errors are told as, what is durable, and what never changes. */
class PostgresFailureTest {

    private final PostgresSettings settings = PostgresServer.fresh();

    private static Ledger open(PostgresSettings settings) {
        return PostgresLedger.open(
                settings,
                InstantSource.fixed(Planned.NOON),
                new TimedLeases(
                        "me", new LeaseTimes(Duration.ofMinutes(1), Duration.ofSeconds(10)), PostgresServer.clock()));
    }

    private static Claim.Granted claim(Ledger ledger) {
        return (Claim.Granted) ledger.claim(Planned.LEADS, Trigger.COMMAND, Optional.empty(), List.of());
    }

    private PostgresSettings at(String url, String user) {
        return new PostgresSettings(
                "db.example:1/x", url, settings.schema(), () -> user, () -> "hunter2", Duration.ofMillis(500));
    }

    private static void assertUnreachable(PostgresSettings settings, String... words) {
        StringWriter trace = new StringWriter();
        assertThatThrownBy(() -> open(settings)).isInstanceOfSatisfying(EnvironmentFailure.class, e -> {
            e.printStackTrace(new PrintWriter(trace));
            assertThat(e.problems().getFirst().code()).isEqualTo(Code.LEDGER_UNREACHABLE);
            assertThat(e.getMessage()).contains("db.example:1/x").contains(words);
        });
        assertThat(trace.toString()).doesNotContain("hunter2");
    }

    @Test
    void aServerThatDoesNotAnswerAWrongLogInAndAMissingDatabaseAreToldApart() {
        assertUnreachable(at("jdbc:postgresql://127.0.0.1:1/x", "ada"), "cannot be reached");
        assertUnreachable(at(settings.url().replaceAll("/postgres$", "/nosuch"), "postgres"), "no such database");
        assertUnreachable(at(settings.url(), "nobody"), "refuses the log-in");
    }

    @Test
    void everyCommitWaitsForTheServersDisk() {
        try (PostgresDatabase db = PostgresDatabase.open(settings)) {
            assertThat(db.<String>write(sql -> sql.first("SHOW synchronous_commit", row -> row.getString(1))
                            .orElseThrow()))
                    .isEqualTo("on");
        }
    }

    @Test
    void aNewerLedgerIsRefusedUntouched() throws SQLException {
        open(settings).close();
        PostgresServer.run(settings, "UPDATE version SET number = 99");
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining(Code.LEDGER_DAMAGED.text());
    }

    @Test
    void intentsOutcomesAndAuditNeverChange() throws SQLException {
        open(settings).close();
        for (String table : List.of("batch", "batch_row", "outcome", "audit")) {
            for (String change : List.of("DELETE FROM " + table, "TRUNCATE " + table + " CASCADE")) {
                assertThatThrownBy(() -> PostgresServer.run(settings, change))
                        .as(change)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("append-only");
            }
        }
    }

    @Test
    void aFailureQuotesNothingOfWhatWasStored() {
        try (Ledger ledger = open(settings)) {
            Claim.Granted run = claim(ledger);
            ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1));
            StringWriter trace = new StringWriter();
            assertThatThrownBy(() -> ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(e -> e.printStackTrace(new PrintWriter(trace)));
            assertThat(trace.toString()).contains("23505").doesNotContain("k00000000", "Widgets");
        }
    }

    @Test
    void aKeyThatCannotBeKeptIsSaidAndTheLedgerGoesOn() {
        try (Ledger ledger = open(settings)) {
            Claim.Granted run = claim(ledger);
            PlannedWrite row = Planned.rows(0, 1).getFirst();
            PlannedWrite odd = new PlannedWrite(
                    1,
                    new RowKey("s:a\0b"),
                    row.kind(),
                    row.cause(),
                    row.targetKey(),
                    null,
                    false,
                    row.fields(),
                    row.before(),
                    row.image(),
                    1L,
                    row.withheld(),
                    row.held());
            assertThatThrownBy(() -> ledger.addRows(run.lease(), run.run(), List.of(odd)))
                    .isInstanceOf(RunFailure.class)
                    .hasMessageContaining(Code.LEDGER_TEXT.text());
            ledger.addRows(run.lease(), run.run(), List.of(row));
            assertThat(ledger.rows(run.run(), -1, 9)).hasSize(1);
        }
    }

    @Test
    void whatADestinationSaysIsKeptWhateverItHolds() {
        try (Ledger ledger = open(settings)) {
            Claim.Granted run = claim(ledger);
            ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1));
            ledger.seal(run.lease(), Planned.plan(Planned.LEADS, run.run(), "h", PlanState.OPEN));
            long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0));
            Outcome said = new Outcome.Rejected("BAD", "Email", "a\0b \ud83d\ude00", ErrorClass.DATA);
            ledger.complete(run.lease(), batch, List.of(new RowOutcome(0, said)));
            try (var outcomes = ledger.outcomesAfter(Planned.LEADS, 0)) {
                assertThat(outcomes.map(Recorded::outcome))
                        .containsExactly(
                                new Outcome.Rejected("BAD", "Email", "a\ufffdb \ud83d\ude00", ErrorClass.DATA));
            }
        }
    }

    /** A server that restarts costs what was under way, and nothing else. */
    @Test
    void connectionsThatTheServerEndedAreReplaced() throws SQLException {
        try (Ledger ledger = open(settings)) {
            Claim.Granted run = claim(ledger);
            PostgresServer.run(
                    settings,
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name = 'caravan' AND pid <> pg_backend_pid()");
            for (int tries = 0; tries < 20 && ledgerFails(ledger); tries++) {
                Thread.onSpinWait();
            }
            ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1));
            assertThat(ledger.rows(run.run(), -1, 9)).hasSize(1);
        }
    }

    private static boolean ledgerFails(Ledger ledger) {
        try {
            ledger.runs(Optional.empty(), 1);
            return false;
        } catch (EnvironmentFailure e) {
            assertThat(e.problems().getFirst().code()).isEqualTo(Code.LEDGER_UNREACHABLE);
            return true;
        }
    }
}
