package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Scope;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import dev.caravan.run.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that the first version left in the middle of a delivery is opened by this one, which goes on with it. */
class UpgradeTest {

    @TempDir
    private Path folder;

    @Test
    void aFilledLedgerOfTheFirstVersionIsGoneOnWith() throws Exception {
        Path now = folder.resolve("now.db");
        long run;
        try (Ledger ledger = open(now)) {
            run = left(ledger);
        }
        Path first = folder.resolve("first.db");
        copyAsFirst(now, first);
        try (Ledger ledger = open(first)) {
            Claim.Granted next = claim(ledger);
            List<OpenBatch> open = ledger.openBatches(LEADS, next.run());
            assertThat(open).hasSize(1);
            ledger.complete(next.lease(), open.getFirst().batch(), List.of(new RowOutcome(3, unknown())));
            assertThat(ledger.lost(LEADS, NOON.minusSeconds(1)).stream().map(PlannedWrite::ordinal))
                    .containsExactly(1L, 3L);
            assertThat(ledger.account(run)).isEqualTo(new Accounting(4, 1, 1, 0, 2, 0));
            assertThat(ledger.rejections(run)).containsExactly(new Rejection("BAD", "Email", 1));
            assertThat(ledger.standing(LEADS))
                    .containsExactly(Deliveries.fingerprint(Planned.rows(2, 3).getFirst()));
            assertThat(ledger.pauses())
                    .containsExactly(
                            new Pause(new Scope.OnMapping(LEADS), new Decision("ada", "freeze", Instant.EPOCH)));
            assertThat(ledger.unresolvedCount(LEADS)).isZero();
            ledger.unresolved(next.lease(), 2);
            assertThat(ledger.unresolvedCount(LEADS)).isEqualTo(2);
            try (var outcomes = ledger.outcomesAfter(LEADS, 0)) {
                assertThat(outcomes.map(Deliveries.Recorded::outcome))
                        .containsExactly(accepted(), unknown(), refused(), unknown());
            }
        }
        assertThat(number(first, "PRAGMA user_version")).isEqualTo(number(now, "PRAGMA user_version"));
    }

    /** One row accepted, one unknown, one refused, one unanswered. */
    private static long left(Ledger ledger) {
        Claim.Granted run = claim(ledger);
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, 4));
        ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), "hash", PlanState.OPEN));
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1, 2));
        ledger.complete(
                run.lease(),
                batch,
                List.of(new RowOutcome(0, accepted()), new RowOutcome(1, unknown()), new RowOutcome(2, refused())));
        ledger.begin(run.lease(), run.run(), Planned.upsert(3));
        return run.run();
    }

    /** The same rows in a file that the first script alone made. */
    private static void copyAsFirst(Path filled, Path first) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + first);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("ATTACH '" + filled + "' AS filled");
            statement.executeUpdate(Migrations.script("001-ledger.sql"));
            String pause = "INSERT INTO main.pause VALUES ('" + LEADS + "', 'ada', 'freeze', 0)";
            statement.executeUpdate(pause);
            for (String table :
                    names(statement, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'pause'")) {
                String columns = String.join(
                        ", ", names(statement, "SELECT name FROM pragma_table_info('" + table + "', 'main')"));
                statement.executeUpdate(
                        "INSERT INTO main." + table + " (" + columns + ") SELECT " + columns + " FROM filled." + table);
            }
            statement.executeUpdate("PRAGMA main.application_id = " + 0x43415256);
            statement.executeUpdate("PRAGMA main.user_version = 1");
        }
        assertThat(Files.exists(first)).isTrue();
    }

    private static List<String> names(Statement statement, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static long number(Path file, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Ledger open(Path file) {
        return SqliteLedger.open(file, InstantSource.fixed(NOON));
    }

    private static Claim.Granted claim(Ledger ledger) {
        return (Claim.Granted) ledger.claim(LEADS, Trigger.COMMAND, Optional.empty(), List.of());
    }

    private static Outcome accepted() {
        return new Outcome.Accepted("00Q", true);
    }

    private static Outcome unknown() {
        return new Outcome.Unknown("timeout");
    }

    private static Outcome refused() {
        return new Outcome.Rejected("BAD", "Email", "bad value", ErrorClass.DATA);
    }
}
