package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.row;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that are said to hold JSON or bytes. */
class NestedFieldsTest {

    private static final DeclaredDestination THINGS = Bed.sample("""
            objects:
              - names: [things]
                fields: [{name: k, key: true}, {name: tree, type: json}, {name: raw, type: binary}]
                operations:
                  upsert:
                    class: A
                    batch: {rows: 10}
                    request:
                      post: /things
                      body: {each: rows, item: {tree: "{{ row.field.tree? }}", raw: "{{ row.field.raw? }}"}}
                    answers: {join: key, fail: {rows: "$.bad[*]", match: $, code: bad}, rest: accepted}
            """);

    private static TargetField field(String name) {
        Described described = new Drive(request -> answer(404, "")).run(THINGS.describe("things"));
        return ((Described.Schema) described).schema().field(name).orElseThrow();
    }

    private static Set<ValueType> taken(String name) {
        Set<ValueType> taken = EnumSet.noneOf(ValueType.class);
        for (ValueType type : ValueType.values()) {
            if (THINGS.mismatch(field(name), type).isEmpty()) {
                taken.add(type);
            }
        }
        return taken;
    }

    @Test
    void theyTakeWhatCanBeSuch() {
        assertThat(taken("tree"))
                .containsExactlyInAnyOrder(
                        ValueType.TEXT,
                        ValueType.JSON,
                        ValueType.BOOLEAN,
                        ValueType.INTEGER,
                        ValueType.DECIMAL,
                        ValueType.DOUBLE);
        assertThat(taken("raw")).containsExactlyInAnyOrder(ValueType.TEXT, ValueType.BINARY);
        assertThat(THINGS.misfit(field("tree"), new Value.Text("{no"))).contains("not_json");
        assertThat(THINGS.misfit(field("tree"), new Value.Text("[1]"))).isEmpty();
        assertThat(THINGS.misfit(field("tree"), new Value.Int(1))).isEmpty();
        assertThat(THINGS.misfit(field("raw"), new Value.Text("no Base64"))).contains("not_binary");
        assertThat(THINGS.misfit(field("raw"), new Value.Text("AP8="))).isEmpty();
        assertThat(THINGS.misfit(field("raw"), new Value.Binary("AP8="))).isEmpty();
    }

    @Test
    void jsonIsPartOfTheBodyAndBytesAreBase64() {
        Drive drive = Drive.script(answer(200, "{\"bad\":[]}"));
        var rows = List.of(
                row(0, "a", null, Map.of("tree", new Value.Json("{\"x\":[1.50]}"), "raw", new Value.Binary("AP8="))),
                row(1, "b", null, Map.of("tree", new Value.Text("{\"y\": true}"), "raw", new Value.Text("AP8="))));

        drive.run(THINGS.deliver(Bed.batch(THINGS, Action.UPSERT, "things", "k", rows)));

        assertThat(drive.bodies())
                .containsExactly(
                        "[{\"tree\":{\"x\":[1.5]},\"raw\":\"AP8=\"},{\"tree\":{\"y\":true},\"raw\":\"AP8=\"}]");
    }

    /** Whatever a cell holds, the row beside it is sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\u0000\"",
                "{\"\\u0000\":1}",
                "[{\"a\":[\"b\\u0000\"]}]",
                "\"\\ud800\"",
                "{\"\\udc00\":1}",
                "[[\"\\ud800\"]]"
            })
    void jsonThatCannotTravelIsRefusedAlone(String json) {
        Drive drive = Drive.script(answer(200, "{\"bad\":[]}"));
        var rows = List.of(
                row(0, "a", null, Map.of("tree", new Value.Json(json))),
                row(1, "b", null, Map.of("tree", new Value.Json("1"))));

        assertThat(drive.run(THINGS.deliver(Bed.batch(THINGS, Action.UPSERT, "things", "k", rows))))
                .satisfiesExactly(
                        bad -> assertThat(bad).isInstanceOf(Outcome.Rejected.class),
                        good -> assertThat(good).isInstanceOf(Outcome.Accepted.class));
        assertThat(drive.bodies()).containsExactly("[{\"tree\":1}]");
    }

    @Test
    void aBackslashBeforeAnEscapeIsNone() {
        Drive drive = Drive.script(answer(200, "{\"bad\":[]}"));
        String json = "[\"\\\\u0000\",\"\\\\\\\\ud800\",\"\\u0001\"]";
        drive.run(THINGS.deliver(Bed.batch(
                THINGS,
                Action.UPSERT,
                "things",
                "k",
                List.of(row(0, "a", null, Map.of("tree", new Value.Json(json)))))));

        assertThat(drive.bodies()).containsExactly("[{\"tree\":" + json + "}]");
    }

    @Test
    void jsonStaysJsonHoweverLongItsNumbersAndNamesAre() {
        Drive drive = Drive.script(answer(200, "{\"bad\":[]}"));
        String json = "{\"" + "n".repeat(60_000) + "\":[" + "1".repeat(1_001) + ",0.1000000000000000055,1E+400]}";
        drive.run(THINGS.deliver(Bed.batch(
                THINGS,
                Action.UPSERT,
                "things",
                "k",
                List.of(row(0, "a", null, Map.of("tree", new Value.Json(json)))))));

        assertThat(drive.bodies()).containsExactly("[{\"tree\":" + json + "}]");
    }
}
