package dev.caravan.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds of bytes and of JSON in every database. */
abstract class NestedContract extends JdbcBed {

    private static final List<String> AWKWARD = List.of(
            "\"\\u0000\"",
            "{\"\\u0000\":1}",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "1e400",
            "-1e-400",
            "1e200000",
            "1e999999999",
            "0.1000000000000000055",
            "123456789012345678901234567890",
            "7".repeat(1_001),
            "7".repeat(200_000),
            "[".repeat(150) + "]".repeat(150),
            "{\"\":0}",
            "\"\"",
            "null",
            "\"\\u2028'\\\\\\\"\"");

    private static final String JSON = "{\"a\":[1,null,{\"é\":\"it's \\\\ \\\"\"}],\"n\":0.1234567890123456789}";

    /** The type of bytes that can be a key. */
    abstract String bytesType();

    /** SQL for the digits of bytes. */
    String hex(String column) {
        return "hex(" + column + ")";
    }

    private static byte[] all() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static Value bytes(int... bytes) {
        byte[] some = new byte[bytes.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = (byte) bytes[i];
        }
        return Value.Binary.of(some);
    }

    private void things() throws SQLException {
        run("CREATE TABLE things (k varchar(20) NOT NULL PRIMARY KEY, y " + bytesType() + ", j json, a int)");
    }

    private static Write thing(PlannedWrite.Kind kind, String key, Value y, Value j) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("y", y);
        fields.put("j", j);
        return new Write(0, kind, text(key), null, fields, "dedupe-" + key, Optional.empty());
    }

    private static Write thing(String key, Value y, Value j) {
        return thing(PlannedWrite.Kind.ADD, key, y, j);
    }

    private List<Outcome> things(Action action, Write... writes) {
        return drive(destination.deliver(batch(action, "things", "k", schema("things"), writes)));
    }

    private List<String> stored() throws SQLException {
        return table("SELECT k, " + hex("y") + ", j FROM things ORDER BY k").stream()
                .map(row -> row.replace("\": ", "\":").replace(", ", ","))
                .toList();
    }

    @Test
    void bytesAndJsonAreDescribed() throws SQLException {
        things();

        assertThat(schema("things").fields())
                .extracting(TargetField::kind)
                .containsExactly(Kind.TEXT, Kind.BINARY, Kind.JSON, Kind.INTEGER);
        TargetField y = schema("things").field("y").orElseThrow();
        TargetField j = schema("things").field("j").orElseThrow();
        assertThat(destination.mismatch(y, ValueType.BINARY)).isEmpty();
        assertThat(destination.mismatch(y, ValueType.TEXT))
                .hasValueSatisfying(why -> assertThat(why).contains("declare the model's column binary"));
        assertThat(destination.mismatch(y, ValueType.JSON)).isPresent();
        assertThat(destination.mismatch(j, ValueType.JSON)).isEmpty();
        assertThat(destination.mismatch(j, ValueType.TEXT)).isEmpty();
        assertThat(destination.mismatch(j, ValueType.DATE)).isPresent();
        assertThat(destination.mismatch(j, ValueType.BINARY)).isPresent();
        assertThat(destination.misfit(j, text("{a}"))).contains("not_json");
        assertThat(destination.misfit(j, text("{\"a\": 1}"))).isEmpty();
        assertThat(destination.misfit(j, new Value.Real(Double.NaN))).contains("not_json");
        assertThat(destination.misfit(y, text("AQ=="))).contains("not_binary");
        assertThat(destination.misfit(y, bytes(0, 255))).isEmpty();
    }

    @Test
    void bytesAndJsonArriveExactly() throws SQLException {
        things();
        Write all = thing("all", Value.Binary.of(all()), new Value.Json(JSON));
        Write none = thing("none", Value.ofNull(), Value.ofNull());
        Write empty = thing("empty", bytes(), new Value.Json("{}"));

        assertThat(things(Action.UPSERT, all, none, empty)).containsExactly(CREATED, CREATED, CREATED);
        String digits = HexFormat.of().withUpperCase().formatHex(all());
        assertThat(stored()).containsExactly("all|" + digits + "|" + JSON, "empty||{}", "none|null|null");
        assertThat(things(Action.UPSERT, all, none, empty)).containsExactly(rewritten(), rewritten(), rewritten());
    }

    @Test
    void oneByteOrMemberIsAChange() throws SQLException {
        things();
        things(
                Action.UPSERT,
                thing("y", bytes(1, 0), new Value.Json("{}")),
                thing("j", bytes(7), new Value.Json("[1]")));

        assertThat(things(
                        Action.UPSERT,
                        thing("y", bytes(1, 1), new Value.Json("{}")),
                        thing("j", bytes(7), new Value.Json("[2]"))))
                .containsExactly(CHANGED, CHANGED);
        assertThat(stored()).containsExactly("j|07|[2]", "y|0101|{}");
        assertThat(things(
                        Action.UPDATE,
                        thing(PlannedWrite.Kind.CHANGE, "y", bytes(1, 2), Value.ofNull()),
                        thing(PlannedWrite.Kind.CHANGE, "j", Value.ofNull(), new Value.Json("[3]"))))
                .containsExactly(CHANGED, CHANGED);
        assertThat(stored()).containsExactly("j|null|[3]", "y|0102|null");
        assertThat(things(
                        Action.UPSERT,
                        thing(PlannedWrite.Kind.CHANGE, "y", bytes(1, 2), Value.ofNull()),
                        thing(PlannedWrite.Kind.CHANGE, "j", Value.ofNull(), new Value.Json("[3]"))))
                .as("updates of what is so already")
                .containsExactly(rewritten(), rewritten());
    }

    @Test
    void whatIsNoJsonIsLeftOutAlone() throws SQLException {
        things();

        assertThat(things(
                        Action.UPSERT,
                        thing("no", bytes(1), text("{no")),
                        thing("yes", bytes(1), text(" {\"b\": 1.0, \"a\": true} ")),
                        thing("text", text("AQ=="), Value.ofNull())))
                .satisfiesExactly(
                        no -> assertThat(no).isInstanceOf(Outcome.Rejected.class),
                        yes -> assertThat(yes).isEqualTo(CREATED),
                        no -> assertThat(no).isInstanceOf(Outcome.Rejected.class));
        assertThat(stored()).containsExactly("yes|01|{\"a\":true,\"b\":1}");
    }

    /** The types that hold JSON. */
    List<String> jsonTypes() {
        return List.of("json");
    }

    /** Whatever a cell holds: it is stored as it is, or refused alone. */
    @Test
    void awkwardJsonIsStoredWholeOrRefusedAlone() throws SQLException {
        for (String type : jsonTypes()) {
            run("DROP TABLE IF EXISTS things");
            run("CREATE TABLE things (k varchar(20) NOT NULL PRIMARY KEY, y " + bytesType() + ", j " + type + ")");
            Write[] writes = new Write[AWKWARD.size() + 1];
            for (int i = 0; i < AWKWARD.size(); i++) {
                writes[i] = thing("k" + i, Value.ofNull(), new Value.Json(AWKWARD.get(i)));
            }
            writes[AWKWARD.size()] = thing("good", bytes(1), new Value.Json("{}"));
            List<Outcome> outcomes = things(Action.UPSERT, writes);
            assertThat(outcomes.getLast()).as(type).isEqualTo(CREATED);
            for (int i = 0; i < AWKWARD.size(); i++) {
                String what = type + " "
                        + AWKWARD.get(i)
                                .substring(0, Math.min(40, AWKWARD.get(i).length()));
                List<String> found = table("SELECT j FROM things WHERE k = 'k" + i + "'");
                if (outcomes.get(i) instanceof Outcome.Rejected) {
                    assertThat(found).as(what).isEmpty();
                } else {
                    assertThat(outcomes.get(i)).as(what).isEqualTo(CREATED);
                    assertThat(new Value.Json(found.getFirst())).as(what).isEqualTo(new Value.Json(AWKWARD.get(i)));
                }
            }
        }
    }

    /** Some databases take no key above a size that is nowhere described. */
    @Test
    void aLongKeyIsStoredOrRefusedAlone() throws SQLException {
        run("CREATE TABLE ids (id " + bytesType() + " NOT NULL PRIMARY KEY, a int)");
        byte[] many = new byte[100_000];
        new Random(7).nextBytes(many);

        List<Outcome> outcomes = ids(
                Action.UPSERT,
                id(1, 5),
                new Write(
                        0,
                        PlannedWrite.Kind.ADD,
                        Value.Binary.of(many),
                        null,
                        Map.of("a", new Value.Int(9)),
                        "",
                        Optional.empty()),
                id(2, 6));
        assertThat(outcomes.getFirst()).isEqualTo(CREATED);
        assertThat(outcomes.getLast()).isEqualTo(CREATED);
        assertThat(outcomes.get(1))
                .satisfiesAnyOf(
                        stored -> assertThat(stored).isEqualTo(CREATED),
                        refused -> assertThat(refused).isInstanceOf(Outcome.Rejected.class));
        assertThat(table("SELECT a FROM ids ORDER BY a"))
                .isEqualTo(outcomes.get(1) instanceof Outcome.Rejected ? List.of("5", "6") : List.of("5", "6", "9"));
    }

    @Test
    void aLostInsertOfBytesAndJsonIsLookedUp() throws SQLException {
        things();
        Write[] asked = {
            thing("same", bytes(1), new Value.Json("{\"b\":1,\"a\":[2]}")),
            thing("null", Value.ofNull(), Value.ofNull()),
            thing("byte", bytes(2), new Value.Json("{}")),
            thing("json", bytes(1), new Value.Json("[1]"))
        };
        things(
                Action.INSERT,
                asked[0],
                asked[1],
                thing("byte", bytes(3), new Value.Json("{}")),
                thing("json", bytes(1), new Value.Json("[2]")));

        List<Trace> traces = drive(destination
                .lookUp(new Trace.Question(
                        batch(Action.INSERT, "things", "k", schema("things"), asked),
                        Arrays.stream(asked).map(write -> Instant.EPOCH).toList(),
                        (Reply.Answer) transport.login()))
                .orElseThrow());
        assertThat(traces)
                .containsExactly(
                        new Trace.Arrived("same"),
                        new Trace.Arrived("null"),
                        new Trace.Unsure("found_differing"),
                        new Trace.Unsure("found_differing"));
    }

    @Test
    void bytesAreAppended() throws SQLException {
        run("CREATE TABLE things (k varchar(20), y " + bytesType() + ", j json,"
                + " caravan_dedupe_key varchar(64) UNIQUE)");
        Write event = thing("e", bytes(1, 0), new Value.Json("[0]"));

        assertThat(things(Action.APPEND, event)).containsExactly(CREATED);
        assertThat(things(Action.APPEND, event)).containsExactly(UNCHANGED);
        assertThat(stored()).containsExactly("e|0100|[0]");
    }

    @Test
    void bytesAreAKeyAndJsonIsNone() throws SQLException {
        run("CREATE TABLE ids (id " + bytesType() + " NOT NULL PRIMARY KEY, a int)");
        assertThat(schema("ids").field("id").map(TargetField::key)).contains(true);

        assertThat(ids(Action.UPSERT, id(1, 5), id(2, 6))).containsExactly(CREATED, CREATED);
        assertThat(ids(Action.UPSERT, id(1, 7), id(2, 6))).containsExactly(CHANGED, rewritten());
        assertThat(ids(Action.UPDATE, id(2, 8), id(9, 8)).getFirst()).isEqualTo(CHANGED);
        assertThat(table("SELECT " + hex("id") + ", a FROM ids ORDER BY a")).containsExactly("0001|7", "0002|8");
        assertThat(ids(Action.DELETE, id(1, 0), id(9, 0))).containsExactly(CHANGED, UNCHANGED);
        assertThat(table("SELECT " + hex("id") + " FROM ids")).containsExactly("0002");
    }

    private static Write id(int id, int a) {
        return new Write(0, PlannedWrite.Kind.ADD, bytes(0, id), null, Map.of("a", new Value.Int(a)));
    }

    private List<Outcome> ids(Action action, Write... writes) {
        return drive(destination.deliver(batch(action, "ids", "id", schema("ids"), writes)));
    }
}
