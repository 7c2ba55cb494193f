package dev.caravan.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Upkeep.Flaw;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.upkeep.SqlUpkeep;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever changes the audit behind the ledger's back is found out (invariant I18). */
class AuditTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET why = 'nothing' WHERE id = 2",
                "UPDATE audit SET who = 'bob' WHERE id = 1",
                "UPDATE audit SET at = at + 1 WHERE id = 4",
                "UPDATE audit SET action = 'resume' WHERE id = 3",
                "UPDATE audit SET subject = 'growth/other' WHERE id = 1",
                "UPDATE audit SET hash = previous WHERE id = 4",
                "DELETE FROM audit WHERE id = 1",
                "DELETE FROM audit WHERE id IN (2, 3)",
                "UPDATE audit SET id = 9 WHERE id = 2",
                "INSERT INTO audit SELECT 7, at, who, action, subject, why, previous, hash FROM audit WHERE id = 2"
            })
    void anEditBreaksTheChain(String edit) throws SQLException {
        try (SqlLedger ledger = open()) {
            for (int i = 0; i < 4; i++) {
                ledger.reset(Planned.LEADS, new Decision("ada", "reason " + i, Planned.NOON));
            }
            assertThat(flaws(ledger)).isEmpty();
        }
        behindItsBack(edit);
        try (SqlLedger ledger = open()) {
            assertThat(flaws(ledger)).extracting(Flaw::what).containsExactly("audit");
        }
    }

    @Test
    void aCutAtTheEndIsFoundWhereADecisionLosesItsEntry() throws SQLException {
        try (SqlLedger ledger = open()) {
            Claim.Granted run =
                    (Claim.Granted) ledger.claim(Planned.LEADS, Trigger.COMMAND, Optional.empty(), List.of());
            ledger.seal(run.lease(), Planned.plan(Planned.LEADS, run.run(), "hash", PlanState.HELD));
            ledger.decide(
                    ledger.heldPlan(Planned.LEADS).orElseThrow(),
                    Ruling.REJECTED,
                    new Decision("ada", "", Planned.NOON));
            assertThat(flaws(ledger)).isEmpty();
        }
        behindItsBack("DELETE FROM audit");
        try (SqlLedger ledger = open()) {
            assertThat(flaws(ledger)).extracting(Flaw::what).containsExactly("plan of run 1");
        }
    }

    private SqlLedger open() {
        return SqliteLedger.open(folder.resolve("ledger.db"), InstantSource.fixed(Planned.NOON));
    }

    private static List<Flaw> flaws(SqlLedger ledger) {
        return new SqlUpkeep(ledger).inspect().flaws();
    }

    private void behindItsBack(String edit) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TRIGGER audit_stays");
            statement.executeUpdate("DROP TRIGGER audit_remains");
            statement.executeUpdate(edit);
        }
    }
}
