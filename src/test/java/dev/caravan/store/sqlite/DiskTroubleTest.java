package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.CONTACTS;
import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.run.Accounting;
import dev.caravan.run.Trigger;
import dev.caravan.store.sql.SqlLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A disk that is full, read-only, broken or in use: each is said with its own code, nothing is half there, and it goes on after. */
class DiskTroubleTest {

    private static final Outcome CREATED = new Outcome.Accepted("00Q", true);

    @TempDir
    private Path folder;

    private Path file;
    private SqliteDatabase db;
    private Ledger ledger;

    @BeforeEach
    void open() {
        file = folder.resolve("ledger.db");
        db = SqliteDatabase.open(file);
        ledger = new SqlLedger(db, InstantSource.fixed(NOON), new OneProcess());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE_FULL, state.full, make room",
        "SQLITE_READONLY, state.read_only, for writing",
        "SQLITE_READONLY_DBMOVED, state.read_only, for writing",
        "SQLITE_PERM, state.read_only, for writing",
        "SQLITE_BUSY, state.busy, close whatever",
        "SQLITE_BUSY_SNAPSHOT, state.busy, close whatever",
        "SQLITE_LOCKED, state.busy, close whatever",
        "SQLITE_IOERR, state.io, has room",
        "SQLITE_IOERR_WRITE, state.io, has room",
        "SQLITE_IOERR_FSYNC, state.io, has room",
        "SQLITE_IOERR_SHMSIZE, state.io, has room",
        "SQLITE_CANTOPEN, state.io, has room",
        "SQLITE_CORRUPT, ledger.damaged, put back",
        "SQLITE_NOTADB, ledger.damaged, put back"
    })
    void eachTroubleHasItsCode(SQLiteErrorCode said, String code, String advice) {
        assertThat(SqlFailure.of(new SQLiteException("insert of ada@example.org", said)))
                .isInstanceOfSatisfying(CaravanException.class, failure -> {
                    assertThat(failure)
                            .isInstanceOf(
                                    code.startsWith("state.")
                                            ? EnvironmentFailure.class
                                            : CaravanException.RunFailure.class);
                    assertThat(failure.problems().getFirst().code().text()).isEqualTo(code);
                    assertThat(failure).hasMessageContaining(advice).message().doesNotContain("ada@");
                });
    }

    /** What could not be stored of a batch that was sent stays an open intent, which recovery takes up as unknown. */
    @Test
    void anOutcomeThatFindsNoRoomStaysAnOpenIntent() {
        Claim.Granted run = planned(LEADS, 400);
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(ordinals(400)));
        noRoom();
        assertTrouble(Code.STATE_FULL, () -> ledger.complete(run.lease(), batch, created(400)));

        Claim.Granted next = claim(LEADS);
        assertThat(ledger.openBatches(LEADS, next.run())).hasSize(1);
        assertThat(ledger.account(run.run())).isEqualTo(new Accounting(400, 0, 0, 0, 0, 0));
        room();
        ledger.complete(next.lease(), batch, created(400));
        assertThat(ledger.account(run.run()).accepted()).isEqualTo(400);
    }

    @Test
    void anIntentThatFindsNoRoomIsNotThereInPart() {
        Claim.Granted run = planned(LEADS, 400);
        noRoom();
        assertTrouble(Code.STATE_FULL, () -> ledger.begin(run.lease(), run.run(), Planned.upsert(ordinals(400))));
        room();
        assertThat(ledger.openBatches(LEADS, 0)).isEmpty();
        assertThat(ledger.pending(run.run())).hasSize(400);
    }

    /** One commit for those who wait at the same time must not mean one fate. */
    @Test
    void whatThereIsRoomForIsNotLostWithWhatThereIsNot() {
        Claim.Granted leads = planned(LEADS, 1);
        long batch = ledger.begin(leads.lease(), leads.run(), Planned.upsert(0));
        Claim.Granted contacts = claim(CONTACTS);
        noRoom();
        CountDownLatch gathered = new CountDownLatch(1);
        Waiting first = Waiting.on(() -> db.write(sql -> {
            awaitQuietly(gathered);
            return 0;
        }));
        Waiting small = Waiting.on(() -> ledger.complete(leads.lease(), batch, created(1)));
        Waiting big = Waiting.on(() -> ledger.addRows(contacts.lease(), contacts.run(), Planned.rows(0, 2_000)));
        gathered.countDown();
        first.join();
        small.join();
        assertTrouble(Code.STATE_FULL, big::join);
        assertThat(ledger.account(leads.run()).accepted()).isEqualTo(1);
    }

    @Test
    void aLedgerThatMayNotBeWrittenIsSaidAndStillRead() {
        Claim.Granted run = planned(LEADS, 1);
        db.write(sql -> {
            sql.run("PRAGMA query_only = 1");
            return 0;
        });
        assertTrouble(Code.STATE_READ_ONLY, () -> ledger.begin(run.lease(), run.run(), Planned.upsert(0)));
        assertThat(ledger.runs(Optional.empty(), 9)).hasSize(1);
    }

    @Test
    void aLedgerThatAnotherProgramHoldsIsSaidAndGoesOnOnceItIsFree() throws SQLException {
        Claim.Granted run = planned(LEADS, 1);
        db.write(sql -> sql.number("PRAGMA busy_timeout = 20"));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertTrouble(Code.STATE_BUSY, () -> ledger.begin(run.lease(), run.run(), Planned.upsert(0)));
            statement.execute("ROLLBACK");
        }
        assertThat(ledger.begin(run.lease(), run.run(), Planned.upsert(0))).isPositive();
    }

    @Test
    void aFolderInPlaceOfTheLedgerIsSaid() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("taken/ledger.db"));
        assertTrouble(Code.STATE_IO, () -> SqliteLedger.open(taken, InstantSource.fixed(NOON)));
        Path second = folder.resolve("log/ledger.db");
        Files.createDirectories(folder.resolve("log/ledger.db-wal"));
        assertTrouble(
                Code.STATE_IO,
                () -> SqliteLedger.open(second, InstantSource.fixed(NOON)).lastSeq());
    }

    private void noRoom() {
        db.write(sql -> sql.number("PRAGMA max_page_count = " + (sql.number("PRAGMA page_count") + 2)));
    }

    private void room() {
        db.write(sql -> sql.number("PRAGMA max_page_count = 1000000"));
    }

    private Claim.Granted planned(MappingId mapping, int rows) {
        Claim.Granted run = claim(mapping);
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, rows));
        ledger.seal(run.lease(), Planned.plan(mapping, run.run(), "hash", PlanState.OPEN));
        return run;
    }

    private Claim.Granted claim(MappingId mapping) {
        return (Claim.Granted) ledger.claim(mapping, Trigger.COMMAND, Optional.empty(), List.of());
    }

    private static long[] ordinals(int rows) {
        return LongStream.range(0, rows).toArray();
    }

    private static List<RowOutcome> created(int rows) {
        return Arrays.stream(ordinals(rows))
                .mapToObj(ordinal -> new RowOutcome(ordinal, CREATED))
                .toList();
    }

    /** Work that waits for the writer in a thread of its own, and what came of it. */
    private record Waiting(Thread thread, CompletableFuture<Optional<CaravanException>> end) {

        static Waiting on(Runnable work) {
            CompletableFuture<Optional<CaravanException>> end = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> {
                try {
                    work.run();
                    end.complete(Optional.empty());
                } catch (CaravanException e) {
                    end.complete(Optional.of(e));
                } finally {
                    end.completeExceptionally(new AssertionError("ended otherwise"));
                }
            });
            while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
                Thread.onSpinWait();
            }
            return new Waiting(thread, end);
        }

        void join() {
            end.join().ifPresent(failure -> {
                throw failure;
            });
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertTrouble(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EnvironmentFailure.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo(code));
    }
}
