package dev.caravan.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Scope;
import dev.caravan.ledger.Upkeep.Mark;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.recovery.ClosedRun;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.store.sql.Insides;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.upkeep.SqlUpkeep;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of the file itself: rights, versions, damage, a full disk, and what can never be changed. */
class SqliteFileTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("state/ledger.db");
    }

    @Test
    void theLedgerIsForItsOwnerAlone() throws IOException {
        try (Database db = SqliteDatabase.open(file)) {
            claim(new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess()));
            assertThat(rights(file.getParent())).isEqualTo("rwx------");
            for (String name : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
                assertThat(rights(file.resolveSibling(name))).as(name).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void everyCommitReachesTheDisk() {
        try (Database db = SqliteDatabase.open(file)) {
            assertThat(db.<Long>write(sql -> sql.number("PRAGMA synchronous")))
                    .as("FULL")
                    .isEqualTo(2);
            assertThat(db.<Long>write(sql -> sql.number("PRAGMA foreign_keys"))).isEqualTo(1);
            assertThat(db.<String>read(sql -> sql.first("PRAGMA journal_mode", row -> row.getString(1))
                            .orElseThrow()))
                    .isEqualTo("wal");
        }
    }

    @Test
    void aNewerLedgerIsRefusedUntouched() throws SQLException {
        SqliteDatabase.open(file).close();
        raw("PRAGMA user_version = 99");

        assertProblem(Code.LEDGER_DAMAGED, () -> SqliteDatabase.open(file));
        raw("PRAGMA user_version = 9");
        SqliteDatabase.open(file).close();
    }

    @Test
    void anotherProgramsDatabaseIsRefused() throws SQLException, IOException {
        Files.createDirectories(file.getParent());
        raw("CREATE TABLE theirs (x)");

        assertProblem(Code.LEDGER_DAMAGED, () -> SqliteDatabase.open(file));
        raw("INSERT INTO theirs VALUES (1)");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not a database ".repeat(200));

        assertProblem(Code.LEDGER_DAMAGED, () -> SqliteDatabase.open(file));
    }

    @Test
    void aFullDiskIsSaidAndNothingIsLost() {
        try (Database db = SqliteDatabase.open(file)) {
            Ledger ledger = new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess());
            Claim.Granted run = claim(ledger);
            ledger.addRows(run.lease(), run.run(), Planned.rows(0, 10));
            db.write(sql -> sql.number("PRAGMA max_page_count = " + sql.number("PRAGMA page_count")));

            assertProblem(Code.STATE_FULL, () -> ledger.addRows(run.lease(), run.run(), Planned.rows(10, 2_000)));
            db.write(sql -> sql.number("PRAGMA max_page_count = 1000000"));
            ledger.addRows(run.lease(), run.run(), Planned.rows(10, 2_000));
            try (var rows = ledger.rows(run.run())) {
                assertThat(rows).hasSize(2_000);
            }
        }
    }

    @Test
    void intentsOutcomesAndAuditNeverChange() {
        try (Database db = SqliteDatabase.open(file)) {
            Ledger ledger = new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess());
            Claim.Granted run = delivered(ledger);
            ledger.pause(new Scope.OnMapping(Planned.LEADS), new Decision("ada", "", Planned.NOON));

            for (String table : List.of("batch", "batch_row", "outcome", "audit")) {
                assertThat(db.<Long>read(sql -> sql.number("SELECT count(*) FROM " + table)))
                        .as(table)
                        .isPositive();
                assertThatThrownBy(() -> db.write(sql -> sql.update("DELETE FROM " + table)))
                        .as(table)
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> db.write(sql -> sql.update("UPDATE " + table + " SET rowid = rowid + 1")))
                        .as(table)
                        .isInstanceOf(RuntimeException.class);
            }
            assertThatThrownBy(() -> db.write(sql -> sql.update("UPDATE outcome SET kind = 'unknown'")))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(ledger.account(run.run()).accepted()).isEqualTo(1);
        }
    }

    @Test
    void theAuditsHashesChain() {
        try (Database db = SqliteDatabase.open(file)) {
            Ledger ledger = new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess());
            ledger.pause(new Scope.OnMapping(Planned.LEADS), new Decision("ada", "freeze", Planned.NOON));
            ledger.resume(new Scope.OnMapping(Planned.LEADS), new Decision("bob", "", Planned.NOON.plusSeconds(9)));
            ledger.reset(Planned.CONTACTS, new Decision("ada", "new org", Planned.NOON));
            String expected = "0".repeat(64);
            for (String[] entry : entries(db)) {
                assertThat(entry[5]).isEqualTo(expected);
                expected = Insides.hash(entry[5], entry[0], entry[1], entry[2], entry[3], entry[4]);
                assertThat(entry[6]).isEqualTo(expected);
            }
            assertThat(entries(db)).hasSize(3);
        }
    }

    @Test
    void roomThatUpkeepFreesGoesBackToTheDisk() throws IOException {
        try (SqlLedger ledger = SqliteLedger.open(file, InstantSource.fixed(Planned.NOON))) {
            for (int i = 0; i < 3; i++) {
                Claim.Granted run = claim(ledger);
                ledger.addRows(run.lease(), run.run(), Planned.rows(0, 500));
                ledger.seal(run.lease(), Planned.plan(Planned.LEADS, run.run(), "h" + i, PlanState.SUPERSEDED));
                ledger.record(
                        run.lease(),
                        ClosedRun.of(
                                ledger.run(run.run()).orElseThrow(),
                                Optional.empty(),
                                RunState.FAILED,
                                Planned.NOON,
                                Accounting.NONE,
                                null));
            }
            SqlUpkeep upkeep = new SqlUpkeep(ledger);
            upkeep.done();
            long before = Files.size(file);
            Optional<Mark> from = Optional.of(Mark.START);
            while (from.isPresent()) {
                from = upkeep.prune(Planned.LEADS, 0, Planned.NOON.plusSeconds(1), from.get())
                        .next();
            }
            upkeep.done();
            assertThat(Files.size(file)).isLessThan(before * 2 / 3);
            assertThat(file.resolveSibling("ledger.db-wal")).isEmptyFile();
        }
    }

    @Test
    void aDefinitionIsStoredOnce() {
        try (Database db = SqliteDatabase.open(file)) {
            Ledger ledger = new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess());
            delivered(ledger);
            delivered(ledger);
            assertThat(db.<Long>read(sql -> sql.number("SELECT count(*) FROM definition")))
                    .isEqualTo(1);
        }
    }

    @Test
    void aFailureQuotesNothingOfWhatWasStored() {
        try (Database db = SqliteDatabase.open(file)) {
            Ledger ledger = new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess());
            Claim.Granted run = claim(ledger);
            ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1));
            StringWriter trace = new StringWriter();
            assertThatThrownBy(() -> ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1)))
                    .satisfies(e -> e.printStackTrace(new PrintWriter(trace)));
            assertThat(trace.toString()).contains("SQLITE_CONSTRAINT").doesNotContain("k00000000", "Widgets");
        }
    }

    private static Claim.Granted claim(Ledger ledger) {
        return (Claim.Granted) ledger.claim(Planned.LEADS, Trigger.COMMAND, Optional.empty(), List.of());
    }

    private static Claim.Granted delivered(Ledger ledger) {
        Claim.Granted run = claim(ledger);
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, 1));
        ledger.seal(run.lease(), Planned.plan(Planned.LEADS, run.run(), "hash", PlanState.OPEN));
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(0));
        ledger.complete(run.lease(), batch, List.of(new RowOutcome(0, new Outcome.Accepted("00Q", true))));
        return run;
    }

    private static List<String[]> entries(Database db) {
        return db.read(sql -> sql.all(
                "SELECT at, who, action, subject, why, previous, hash FROM audit ORDER BY id", row -> new String[] {
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7)
                }));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void raw(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        }
    }

    private static void assertProblem(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CaravanException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(code));
    }
}
