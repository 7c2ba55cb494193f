package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Scope;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.run.Trigger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A ledger that went through every kind of transaction, as its two files were then, with what all its tables held after each that was
 * acknowledged.
 */
final class RecordedLedger {

    static final int LOG_HEADER = 32;
    static final int FRAME_HEADER = 24;

    private final byte[] main;
    private final byte[] log;
    private final List<State> states;

    private RecordedLedger(byte[] main, byte[] log, List<State> states) {
        this.main = main;
        this.log = log;
        this.states = List.copyOf(states);
    }

    /** What the tables held once the log was so long. */
    record State(long log, String call, String tables) {}

    /** The main file; not to be changed. */
    byte[] main() {
        return main;
    }

    /** The log; not to be changed. */
    byte[] log() {
        return log;
    }

    /** In order of the length of the log. */
    List<State> states() {
        return states;
    }

    /** The length of a frame of the log: its header and a page. */
    int frame() {
        return FRAME_HEADER + ByteBuffer.wrap(log).getInt(8);
    }

    /** Where frames end, the first being where the log's own header ends. */
    List<Integer> boundaries() {
        List<Integer> all = new ArrayList<>();
        for (int at = LOG_HEADER; at <= log.length; at += frame()) {
            all.add(at);
        }
        return all;
    }

    /** What a log must lead to of which so many bytes are as they were written. */
    State after(long whole) {
        return states.stream()
                .filter(state -> state.log() <= whole)
                .reduce(states.getFirst(), (before, later) -> later);
    }

    /** Makes one, and leaves the folder as a process would that was killed at the end. */
    static RecordedLedger in(Path folder) throws IOException, SQLException {
        Path file = folder.resolve("ledger.db");
        Path log = folder.resolve("ledger.db-wal");
        List<State> states = new ArrayList<>();
        try (Ledger ledger = SqliteLedger.open(file, InstantSource.fixed(NOON))) {
            Noted noted = (call, work) -> {
                work.run();
                states.add(new State(Files.exists(log) ? Files.size(log) : 0, call, tables(file)));
            };
            noted.call("open", () -> {});
            story(ledger, noted);
            return new RecordedLedger(Files.readAllBytes(file), Files.readAllBytes(log), states);
        }
    }

    /** Does a call and notes what it led to. */
    private interface Noted {
        void call(String name, Runnable work) throws IOException, SQLException;
    }

    private static void story(Ledger ledger, Noted noted) throws IOException, SQLException {
        List<Claim.Granted> runs = new ArrayList<>();
        noted.call("claim", () -> runs.add(claim(ledger)));
        Claim.Granted first = runs.getFirst();
        plan(ledger, noted, first, "aa", PlanState.OPEN);
        deliver(ledger, noted, first);
        noted.call("hold", () -> ledger.hold(first.lease(), first.run(), "stopped", List.of(7L)));
        noted.call("supersede", () -> ledger.supersedeUnsent(first.lease(), first.run()));
        noted.call("unresolved", () -> ledger.unresolved(first.lease(), 2));
        noted.call("schema", () -> ledger.schema(first.lease(), "v1"));
        noted.call("schema", () -> ledger.schema(first.lease(), "v2"));
        noted.call("move", () -> ledger.move(first.lease(), planOf(ledger, first), PlanState.DELIVERED));
        noted.call(
                "record",
                () -> ledger.record(first.lease(), ledger.run(first.run()).orElseThrow()));
        noted.call("claim", () -> runs.add(claim(ledger)));
        Claim.Granted second = runs.get(1);
        plan(ledger, noted, second, "bb", PlanState.HELD);
        noted.call("approve", () -> ledger.decide(planOf(ledger, second), Ruling.APPROVED, by("ada")));
        noted.call("claim", () -> runs.add(claim(ledger)));
        Claim.Granted third = runs.get(2);
        noted.call(
                "adopt",
                () -> ledger.adopt(
                        third.lease(), second.run(), Planned.plan(LEADS, third.run(), "bb", PlanState.OPEN)));
        noted.call("begin", () -> ledger.begin(third.lease(), third.run(), Planned.job(0, 1)));
        noted.call("claim", () -> runs.add(claim(ledger)));
        Claim.Granted fourth = runs.get(3);
        plan(ledger, noted, fourth, "cc", PlanState.HELD);
        noted.call("expire", () -> ledger.expire(NOON.plus(Duration.ofHours(25))));
        noted.call("pause", () -> ledger.pause(new Scope.OnMapping(LEADS), by("ada")));
        noted.call("resume", () -> ledger.resume(new Scope.OnMapping(LEADS), by("bob")));
        noted.call("reset", () -> ledger.reset(LEADS, by("ada")));
        noted.call("claim", () -> runs.add(claim(ledger)));
        Claim.Granted fifth = runs.get(4);
        noted.call("add", () -> ledger.addRows(fifth.lease(), fifth.run(), Planned.rows(0, 3)));
        noted.call("drop", () -> ledger.dropRows(fifth.lease(), fifth.run()));
    }

    private static void plan(Ledger ledger, Noted noted, Claim.Granted run, String hash, PlanState state)
            throws IOException, SQLException {
        noted.call("add", () -> ledger.addRows(run.lease(), run.run(), Planned.rows(0, 7)));
        noted.call("add", () -> ledger.addRows(run.lease(), run.run(), List.of(Planned.row(7, Kind.REMOVE))));
        noted.call(
                "rewrite",
                () -> ledger.rewriteRows(
                        run.lease(),
                        run.run(),
                        Set.of("Email"),
                        row -> row.ordinal() == 6 ? Planned.heldRow(6, "guard") : row));
        noted.call("seal", () -> ledger.seal(run.lease(), Planned.plan(LEADS, run.run(), hash, state)));
    }

    private static void deliver(Ledger ledger, Noted noted, Claim.Granted run) throws IOException, SQLException {
        List<Long> batches = new ArrayList<>();
        noted.call("begin", () -> batches.add(ledger.begin(run.lease(), run.run(), Planned.upsert(0, 1, 2))));
        noted.call("begin", () -> batches.add(ledger.begin(run.lease(), run.run(), Planned.job(3, 4, 5))));
        noted.call("remember", () -> ledger.remember(run.lease(), batches.get(1), "750A"));
        noted.call(
                "complete",
                () -> ledger.complete(
                        run.lease(),
                        batches.get(0),
                        List.of(
                                new RowOutcome(0, new Outcome.Accepted("00Q0", true)),
                                new RowOutcome(1, new Outcome.Rejected("BAD", "Email", "no", ErrorClass.DATA)),
                                new RowOutcome(2, new Outcome.Unknown("timeout")))));
        noted.call(
                "complete",
                () -> ledger.complete(
                        run.lease(),
                        batches.get(1),
                        List.of(
                                new RowOutcome(3, new Outcome.Unchanged("00Q3")),
                                new RowOutcome(4, new Outcome.Deferred("busy", Optional.of(NOON))),
                                new RowOutcome(5, new Outcome.Accepted("00Q5", false)))));
    }

    private static Claim.Granted claim(Ledger ledger) {
        return (Claim.Granted) ledger.claim(LEADS, Trigger.COMMAND, Optional.empty(), List.of());
    }

    private static Plan planOf(Ledger ledger, Claim.Granted run) {
        return ledger.planOfRun(run.run()).orElseThrow();
    }

    private static Decision by(String who) {
        return new Decision(who, "why", NOON);
    }

    /** All rows of all tables of a file, whoever else has it open. */
    static String tables(Path file) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            for (String name : names) {
                text.append(name).append('\n');
                rows(statement, name, text);
            }
        }
        return text.toString();
    }

    private static void rows(Statement statement, String table, StringBuilder text) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int i = 1; i <= columns; i++) {
                    text.append(row.getString(i)).append('|');
                }
                text.append('\n');
            }
        }
    }
}
