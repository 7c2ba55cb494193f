package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds of every database, over a real one: each operation, each outcome, and that the table holds what was told. */
abstract class JdbcContract extends KeysContract {

    @Test
    void anUpsertMakesChangesOrLeavesAsItWas() throws SQLException {
        run("INSERT INTO people (k, a) VALUES ('there', 1), ('same', 2)");

        assertThat(deliver(Action.UPSERT, add("new", "a", 5), add("there", "a", 6), add("same", "a", 2)))
                .containsExactly(CREATED, CHANGED, rewritten());
        assertThat(table("SELECT k, a FROM people ORDER BY k")).containsExactly("new|5", "same|2", "there|6");
        assertThat(deliver(Action.UPSERT, add("new", "a", 5), add("there", "a", 6)))
                .containsExactly(rewritten(), rewritten());
    }

    @Test
    void aChangeNeedsNoMoreThanItsOwnColumns() throws SQLException {
        run("ALTER TABLE people ADD COLUMN must varchar(5)");
        run("INSERT INTO people (k, a, must) VALUES ('there', 1, 'x')");
        notNull("people", "must", "varchar(5)");

        assertThat(deliver(Action.UPSERT, change("there", "a", 2), change("gone", "a", 3)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(CHANGED),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.DATA)));
        assertThat(table("SELECT k, a, must FROM people")).containsExactly("there|2|x");
    }

    abstract void notNull(String table, String column, String type) throws SQLException;

    @Test
    void aRecordThatIsGoneIsMadeAnewByItsChange() throws SQLException {
        assertThat(deliver(Action.UPSERT, change("gone", "a", 3))).containsExactly(CREATED);
        assertThat(deliver(
                        Action.UPSERT,
                        new Write(0, PlannedWrite.Kind.REMOVE, text("gone2"), null, Map.of("a", Value.ofNull()))))
                .containsExactly(UNCHANGED);
        assertThat(table("SELECT k, a FROM people")).containsExactly("gone|3");
    }

    @Test
    void aKeyAloneIsEnough() throws SQLException {
        assertThat(deliver(Action.UPSERT, add("k"), add("l"))).containsExactly(CREATED, CREATED);
        assertThat(deliver(Action.UPSERT, add("k"))).containsExactly(UNCHANGED);
        assertThat(table("SELECT count(*) FROM people")).containsExactly("2");
    }

    @Test
    void everyTypeArrivesExactly() throws SQLException {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("a", new Value.Int(-2147483648L));
        fields.put("n", new Value.Decimal(new BigDecimal("12345678.905")));
        fields.put("b", new Value.Bool(true));
        fields.put("e", text("aÅ😀'\\"));
        fields.put("d", new Value.Date(LocalDate.of(2024, 2, 29)));
        fields.put("t", new Value.Time(LocalTime.of(23, 59, 58)));
        fields.put("z", new Value.ZonedTimestamp(Instant.parse("2024-03-31T01:30:00.123456Z")));
        fields.put("l", new Value.Timestamp(LocalDateTime.parse("2024-03-31T02:30:00.123456")));
        fields.put("f", new Value.Real(0.1));
        Write write = new Write(0, PlannedWrite.Kind.ADD, text("k"), null, fields);

        assertThat(deliver(Action.UPSERT, write)).containsExactly(CREATED);
        assertThat(table("SELECT a, n, b, e, d, t, f FROM people")
                        .getFirst()
                        .replace("|t|", "|1|")
                        .replace("|true|", "|1|"))
                .isEqualTo("-2147483648|12345678.91|1|aÅ😀'\\|2024-02-29|23:59:58|0.1");
        assertThat(table("SELECT count(*) FROM people WHERE l = '2024-03-31 02:30:00.123456'"))
                .containsExactly("1");
        assertThat(instant("SELECT z FROM people")).isEqualTo(Instant.parse("2024-03-31T01:30:00.123456Z"));
        assertThat(deliver(Action.UPSERT, write)).containsExactly(rewritten());
        fields.replaceAll((column, value) -> Value.ofNull());
        assertThat(deliver(Action.UPSERT, new Write(0, PlannedWrite.Kind.CHANGE, text("k"), null, fields)))
                .containsExactly(CHANGED);
        assertThat(table("SELECT count(*) FROM people WHERE a IS NULL AND n IS NULL AND b IS NULL AND e IS NULL"
                        + " AND d IS NULL AND t IS NULL AND z IS NULL AND l IS NULL AND f IS NULL"))
                .containsExactly("1");
    }

    abstract Instant instant(String query) throws SQLException;

    @Test
    void badRowsCostTheOthersNothing() throws SQLException {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            boolean bad = i == 0 || i == 500 || i == 501 || i == 999;
            writes.add(add("k" + i, "e", bad ? "toolong" : "fit"));
        }
        List<Outcome> outcomes = deliver(Action.UPSERT, writes.toArray(Write[]::new));

        if (lengthsCount()) {
            for (int i = 0; i < 1_000; i++) {
                boolean bad = i == 0 || i == 500 || i == 501 || i == 999;
                assertThat(outcomes.get(i) instanceof Outcome.Rejected no && no.errorClass() == ErrorClass.DATA)
                        .as("row " + i + ": " + outcomes.get(i))
                        .isEqualTo(bad);
            }
            assertThat(table("SELECT count(*) FROM people")).containsExactly("996");
        }
        assertThat(outcomes).hasSize(1_000);
    }

    boolean lengthsCount() {
        return true;
    }

    @Test
    void anotherUniqueKeyStandsAgainstARow() throws SQLException {
        run("INSERT INTO people (k, a, u) VALUES ('one', 1, 'taken')");

        List<Outcome> outcomes = deliver(Action.UPSERT, add("two", "u", "taken"), add("three", "u", "free"));

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.CONFLICT));
        assertThat(outcomes.getLast()).isEqualTo(CREATED);
        assertThat(table("SELECT k, u FROM people ORDER BY k")).containsExactly("one|taken", "three|free");
    }

    @Test
    void whatCannotBeSentIsRefusedBeforeAnythingIs() throws SQLException {
        List<Outcome> outcomes = deliver(
                Action.UPSERT,
                new Write(0, PlannedWrite.Kind.ADD, Value.ofNull(), null, Map.of()),
                add("k", "a", "no number"),
                add("l", "e", "\ud800"),
                add("m", "nosuch", "x"),
                add("ok", "a", 1));

        assertThat(outcomes.subList(0, 4))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                no -> assertThat(no.code()).isEqualTo("caravan.unsendable")));
        assertThat(outcomes.getLast()).isEqualTo(CREATED);
    }

    @Test
    void aColumnThatIsGoneStopsTheRun() throws SQLException {
        TargetSchema before = schema("people");
        run("ALTER TABLE people DROP COLUMN r");

        assertThat(drive(destination.deliver(
                        batch(Action.UPSERT, "people", "k", before, add("x", "r", 1), add("y", "r", 2)))))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.CONFIG)));
    }

    @Test
    void namesAndValuesAreNeverStatements() throws SQLException {
        String odd = "a\"b`c';--?";
        run("CREATE TABLE " + dialect().quoted(odd) + " (" + dialect().quoted("k ?")
                + " varchar(99) NOT NULL PRIMARY KEY, " + dialect().quoted(odd) + " varchar(99))");
        String evil = "'); DROP TABLE people; --\"`?";

        TargetSchema schema = schema(odd);
        assertThat(drive(destination.deliver(batch(Action.UPSERT, odd, "k ?", schema, add(evil, odd, evil)))))
                .containsExactly(CREATED);
        assertThat(drive(destination.deliver(batch(Action.UPDATE, odd, "k ?", schema, change(evil, odd, "x")))))
                .containsExactly(CHANGED);
        assertThat(table("SELECT count(*) FROM people")).containsExactly("0");
        assertThat(table("SELECT * FROM " + dialect().quoted(odd))).containsExactly(evil + "|x");
    }

    @Test
    void anUpdateMakesNothing() throws SQLException {
        run("INSERT INTO people (k, a) VALUES ('there', 1), ('same', 2)");

        assertThat(deliver(Action.UPDATE, change("there", "a", 6), change("nobody", "a", 6)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(CHANGED),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        no -> assertThat(no.code()).isEqualTo("NOT_FOUND")));
        assertThat(table("SELECT k, a FROM people ORDER BY k")).containsExactly("same|2", "there|6");
    }

    @Test
    void aDeletionOfWhatIsGoneIsDone() throws SQLException {
        run("INSERT INTO people (k, a) VALUES ('there', 1), ('other', 2)");

        assertThat(deliver(Action.DELETE, remove("there"), remove("nobody"))).containsExactly(CHANGED, UNCHANGED);
        assertThat(table("SELECT k FROM people")).containsExactly("other");
    }

    @Test
    void aKeyThatIsNotUniqueChangesNothing() throws SQLException {
        run("INSERT INTO people (k, a) VALUES ('one', 1), ('two', 1)");

        assertThat(drive(destination.deliver(batch(
                        Action.DELETE,
                        "people",
                        "a",
                        schema("people"),
                        new Write(0, PlannedWrite.Kind.REMOVE, new Value.Int(1), null, Map.of())))))
                .allMatch(outcome -> outcome instanceof Outcome.Rejected no && no.errorClass() == ErrorClass.CONFIG);
        assertThat(table("SELECT count(*) FROM people")).containsExactly("2");
    }

    @Test
    void batchesGoSideBySide() throws Exception {
        List<Callable<List<Outcome>>> batches = new ArrayList<>();
        for (int b = 0; b < 4; b++) {
            List<Write> writes = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                writes.add(add("k" + (b * 1_000 + i), "a", i));
            }
            batches.add(() -> deliver(Action.UPSERT, writes.toArray(Write[]::new)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<List<Outcome>> done : threads.invokeAll(batches)) {
                assertThat(outcomes(done)).hasSize(1_000).allMatch(CREATED::equals);
            }
        }
        assertThat(table("SELECT count(*), sum(a) FROM people")).containsExactly("4000|1998000");
    }

    private static List<Outcome> outcomes(Future<List<Outcome>> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
