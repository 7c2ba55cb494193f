package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.SqlRequest;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds of descriptions, inserts and appended rows in every database. */
abstract class InsertsContract extends NestedContract {

    @Test
    void aTableIsDescribedAsItIs() {
        TargetSchema schema = schema("people");

        assertThat(schema.fields().stream().map(TargetField::name))
                .containsExactly("k", "a", "n", "b", "e", "d", "t", "z", "l", "f", "u", "r");
        assertThat(schema.fields().stream().map(TargetField::kind))
                .containsExactly(
                        Kind.TEXT,
                        Kind.INTEGER,
                        Kind.NUMBER,
                        Kind.BOOLEAN,
                        Kind.TEXT,
                        Kind.DATE,
                        Kind.TIME,
                        Kind.INSTANT,
                        Kind.TIMESTAMP,
                        Kind.NUMBER,
                        Kind.TEXT,
                        Kind.INTEGER);
        assertThat(schema.fields().stream().filter(TargetField::key).map(TargetField::name))
                .contains("k")
                .doesNotContain("a", "e");
        assertThat(schema.field("k").map(TargetField::requiredOnCreate)).contains(true);
        assertThat(schema.field("r").map(TargetField::requiredOnCreate)).contains(false);
        assertThat(schema.field("n").map(field -> field.precision() + "," + field.scale()))
                .contains("10,2");
    }

    @Test
    void noTableIsSaidToBeNone() {
        assertThat(drive(destination.describe("nobody"))).isInstanceOf(Described.Failed.class);
        assertThat(drive(destination.describe("a.b.c"))).isInstanceOf(Described.Failed.class);
    }

    @Test
    void theAccountIsTheSameForEveryLogIn() {
        Optional<String> first = destination.account((Reply.Answer) transport.login());

        assertThat(first).isPresent();
        assertThat(destination.account((Reply.Answer) transport.login())).isEqualTo(first);
        assertThat(transport.send(dummy(), first.orElseThrow())).isInstanceOf(SqlAnswer.class);
        assertThat(transport.send(dummy(), "another"))
                .isInstanceOfSatisfying(
                        Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("account"));
    }

    private static SqlRequest dummy() {
        return SqlRequest.read(List.of(SqlRequest.Statement.query("SELECT 1")), JdbcSpec.TIMEOUT);
    }

    @Test
    void anInsertOfAKeyThatIsThereIsRefusedOrInDoubt() throws SQLException {
        run("INSERT INTO people (k, a) VALUES ('there', 1)");
        Write fresh = add("there", "a", 1);

        assertThat(deliver(Action.INSERT, add("new", "a", 1), fresh))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(CREATED),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.CONFLICT)));
        assertThat(deliver(Action.INSERT, fresh.doubted(Instant.EPOCH)))
                .containsExactly(new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN));
        Write otherKey = add("k9", "u", "x").doubted(Instant.EPOCH);
        run("INSERT INTO people (k, u) VALUES ('elsewhere', 'x')");
        assertThat(deliver(Action.INSERT, otherKey))
                .as("taken is another unique column")
                .allMatch(outcome -> outcome instanceof Outcome.Rejected no && no.errorClass() == ErrorClass.CONFLICT);
    }

    @Test
    void aLostInsertIsLookedUp() throws SQLException {
        run("INSERT INTO people (k, a, n) VALUES ('mine', 1, 1.23), ('other', 2, 0)");
        Write mine = new Write(
                0,
                PlannedWrite.Kind.ADD,
                text("mine"),
                null,
                Map.of("a", new Value.Int(1), "n", new Value.Decimal(new BigDecimal("1.234"))));
        Batch asked =
                batch(Action.INSERT, "people", "k", schema("people"), mine, add("other", "a", 3), add("none", "a", 1));

        List<Trace> traces = drive(destination
                .lookUp(new Trace.Question(
                        asked, List.of(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH), (Reply.Answer) transport.login()))
                .orElseThrow());

        assertThat(destination.idempotency(asked)).isEqualTo(IdempotencyClass.B);
        assertThat(traces)
                .containsExactly(new Trace.Arrived("mine"), new Trace.Unsure("found_differing"), new Trace.Absent());
    }

    @Test
    void whatIsAppendedTwiceUnderOneDedupeKeyIsThereOnce() throws SQLException {
        run("CREATE TABLE plain (k varchar(20), a int)");
        run("CREATE TABLE deduped (k varchar(20), a int, caravan_dedupe_key varchar(64) UNIQUE)");
        Write event = new Write(
                0, PlannedWrite.Kind.ADD, text("k"), null, Map.of("a", new Value.Int(1)), "key-1", Optional.empty());
        Batch plain = batch(Action.APPEND, "plain", "k", schema("plain"), event);
        Batch deduped = batch(Action.APPEND, "deduped", "k", schema("deduped"), event);

        assertThat(destination.idempotency(plain)).isEqualTo(IdempotencyClass.E);
        assertThat(destination.idempotency(deduped)).isEqualTo(IdempotencyClass.B);
        assertThat(schema("deduped").field("caravan_dedupe_key").map(TargetField::createable))
                .contains(false);
        for (Batch batch : List.of(plain, deduped)) {
            assertThat(drive(destination.deliver(batch))).containsExactly(CREATED);
        }
        assertThat(drive(destination.deliver(plain))).containsExactly(CREATED);
        assertThat(drive(destination.deliver(deduped))).containsExactly(UNCHANGED);
        assertThat(table("SELECT count(*) FROM plain")).containsExactly("2");
        assertThat(table("SELECT k, a, caravan_dedupe_key FROM deduped")).containsExactly("k|1|key-1");
    }
}
