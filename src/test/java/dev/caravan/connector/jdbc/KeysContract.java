package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetKey;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds of keys of several columns in every database. */
abstract class KeysContract extends InsertsContract {

    private static final TargetKey PLACE = new TargetKey(List.of("land", "nr"));

    private void places() throws SQLException {
        run("CREATE TABLE places (a int, nr int NOT NULL, land varchar(5) NOT NULL, PRIMARY KEY (nr, land))");
    }

    private static Write place(Kind kind, String land, int nr, int a) {
        Value key = new Value.Tuple(List.of(text(land), new Value.Int(nr)));
        return new Write(0, kind, key, null, kind == Kind.REMOVE ? Map.of() : Map.of("a", new Value.Int(a)));
    }

    private Batch batch(Action action, Write... writes) {
        return new Batch(action, false, "places", PLACE, schema("places"), List.of(writes));
    }

    private List<Outcome> delivered(Action action, Write... writes) {
        return drive(destination.deliver(batch(action, writes)));
    }

    @Test
    void aKeyOfSeveralColumnsIsDescribed() throws SQLException {
        places();

        assertThat(schema("places").keys()).containsExactly(Set.of("land", "nr"));
        assertThat(schema("places").field("nr").orElseThrow().key()).isFalse();
        assertThat(schema("people").keys()).isEmpty();
        assertThat(schema("places").identifies(new TargetKey(List.of("land", "a"))))
                .isFalse();
    }

    @Test
    void aRecordIsKnownByAllColumnsOfItsKey() throws SQLException {
        places();
        run("INSERT INTO places (land, nr, a) VALUES ('DE', 1, 10), ('FR', 1, 20), ('DE', 2, 30)");

        assertThat(delivered(
                        Action.UPSERT,
                        place(Kind.CHANGE, "DE", 1, 11),
                        place(Kind.ADD, "FR", 2, 40),
                        place(Kind.ADD, "DE", 2, 31),
                        place(Kind.CHANGE, "IT", 1, 50)))
                .containsExactly(CHANGED, CREATED, CHANGED, CREATED);
        assertThat(table("SELECT land, nr, a FROM places ORDER BY land, nr"))
                .containsExactly("DE|1|11", "DE|2|31", "FR|1|20", "FR|2|40", "IT|1|50");

        assertThat(delivered(Action.DELETE, place(Kind.REMOVE, "DE", 1, 0), place(Kind.REMOVE, "DE", 3, 0)))
                .containsExactly(new Outcome.Accepted(null, false), UNCHANGED);
        assertThat(delivered(Action.UPDATE, place(Kind.CHANGE, "FR", 1, 21), place(Kind.CHANGE, "DE", 1, 1)))
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo(CHANGED),
                        second -> assertThat(second)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.DATA)));
        assertThat(table("SELECT land, nr, a FROM places ORDER BY land, nr"))
                .containsExactly("DE|2|31", "FR|1|21", "FR|2|40", "IT|1|50");
    }

    @Test
    void aLostInsertIsLookedUpByAllColumnsOfItsKey() throws SQLException {
        places();
        run("INSERT INTO places (land, nr, a) VALUES ('DE', 1, 10)");
        Batch asked = batch(
                Action.INSERT,
                place(Kind.ADD, "DE", 1, 10),
                place(Kind.ADD, "DE", 2, 10),
                place(Kind.ADD, "DE", 1, 11));

        assertThat(destination.idempotency(asked)).isEqualTo(IdempotencyClass.B);
        assertThat(delivered(Action.INSERT, place(Kind.ADD, "DE", 1, 10).doubted(Instant.EPOCH)))
                .containsExactly(new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN));
        List<Trace> traces = drive(destination
                .lookUp(new Trace.Question(
                        asked, List.of(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH), (Reply.Answer) transport.login()))
                .orElseThrow());
        assertThat(traces)
                .containsExactly(new Trace.Arrived("DE|1"), new Trace.Absent(), new Trace.Unsure("found_differing"));
    }
}
