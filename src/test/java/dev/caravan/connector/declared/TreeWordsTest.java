package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.row;
import static dev.caravan.connector.declared.Bed.words;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.destination.Action;
import dev.caravan.destination.kit.Drive;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.yaml.YamlSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out of JSON where there is nothing, names of what is there, and nodes that are counted. */
class TreeWordsTest {

    private static final String OBJECTS = """
            objects:
              - names: [things]
                fields: [{name: k, key: true}]
                open: other
                operations:
                  update:
                    class: A
                    batch: {rows: 10}
                    nulls: json_null
                    request:
                      post: /things
                      body:
                        each: rows
                        item:
                          ids: {present: [{present: {a: "{{ row.field.a? }}"}}, {present: {b: {present: {c: "{{ row.field.b? }}"}}}}]}
                          mask: {names_of: {a_name: "{{ row.field.a? }}", b.name: {present: {x: "{{ row.field.b? }}"}}}}
                          zero: {present: 0}
                          names: {list_of: ["{{ key_field }}", "{{ row.field.b? }}", {each: batch.fields, item: "{{ field.name }}"}, [[1]]]}
                    answers:
                      - join: error_path_index
                        fail: {rows: "$.bad[*]", index: {at: $.i}, code: $.code}
                        rest: accepted
                        counts: {received_of: "$.all[*]", accepted_of: "$.all[*].id"}
                  upsert:
                    class: A
                    job:
                      batch: {rows: 10}
                      create:
                        post: /jobs
                        body: {rows: {each: rows, item: "{{ row.key }}"}}
                        id: $.id
                        when: {status: 202}
                        answers:
                          - {when: {status: 400}, join: error_path_index, fail: {rows: "$.bad[*]", index: {at: $.i}, code: $.code}, rest: not_applied}
                      poll: {get: "/jobs/{{ job.id }}", done: {at: $.state, is: done}}
                      rest: accepted
            """;
    private static final DeclaredDestination THINGS = Bed.sample(OBJECTS);

    private static List<String> send(Drive drive, Action action) {
        var rows = List.of(
                row(0, "one", null, new TreeMap<>(Map.of("a", new Value.Int(1), "b", new Value.Int(2)))),
                row(1, "two", null, Map.of("a", Value.ofNull())),
                row(2, "three", null, Map.of()));
        return words(drive.run(THINGS.deliver(Bed.batch(THINGS, action, "things", "k", rows))));
    }

    @Test
    void twoRowsOfOneNameAreNeverOne() {
        DeclaredDestination named = Bed.sample("""
                objects:
                  - names: [people]
                    fields: [{name: k, key: true}]
                    open: text
                    operations:
                      upsert:
                        class: A
                        batch: {rows: 10}
                        request:
                          post: /people
                          body: {each: rows, name: "{{ row.field.n }}", item: {each: row.fields, name: "{{ field.name | lower }}", item: "{{ field.value }}"}}
                        answers: {join: key, fail: {rows: "$.bad[*]", match: $, code: bad}, rest: accepted}
                """);
        var rows = List.of(
                row(0, "a", null, Map.of("n", new Value.Text("x"))),
                row(1, "b", null, Map.of("n", new Value.Text("x"))),
                row(2, "c", null, Map.of("n", new Value.Text("y"), "N", new Value.Text("z"))));
        Drive drive = Drive.script(answer(200, "{\"bad\":[]}"));

        assertThat(words(drive.run(named.deliver(Bed.batch(named, Action.UPSERT, "people", "k", rows)))))
                .containsExactly(
                        "accepted null", "rejected caravan.unsendable data", "rejected caravan.unsendable data");
        assertThat(drive.bodies()).containsExactly("{\"x\":{\"n\":\"x\"}}");
    }

    @Test
    void whatComesToNothingIsLeftOut() {
        Drive drive = Drive.script(answer(200, "{\"all\":[{\"id\":1},{\"id\":2},{\"id\":3}]}"));
        assertThat(send(drive, Action.UPDATE)).containsExactly("accepted null", "accepted null", "accepted null");
        assertThat(drive.bodies())
                .containsExactly(
                        "[{\"ids\":[{\"a\":1},{\"b\":{\"c\":2}}],\"mask\":\"a_name,b.name\",\"zero\":0,\"names\":[\"k\",2,\"a\",\"b\",[1]]},"
                                + "{\"ids\":[{\"a\":null}],\"mask\":\"a_name\",\"zero\":0,\"names\":[\"k\",\"a\",\"b\",[1]]},"
                                + "{\"mask\":\"\",\"zero\":0,\"names\":[\"k\",\"a\",\"b\",[1]]}]");
    }

    @Test
    void nodesThatDoNotAddUpMakeAllUnknown() {
        String bad = "\"bad\":[{\"i\":1,\"code\":\"x\"}]";
        assertThat(send(Drive.script(answer(200, "{\"all\":[{\"id\":1},{},{\"id\":3}]," + bad + "}")), Action.UPDATE))
                .containsExactly("accepted null", "rejected x policy", "accepted null");
        for (String answer : List.of(
                "{\"all\":[{\"id\":1},{},{\"id\":3}]}",
                "{\"all\":[{\"id\":1},{\"id\":3}]," + bad + "}",
                "{\"all\":[{\"id\":1},{\"id\":2},{\"id\":3}]," + bad + "}",
                "{}")) {
            assertThat(send(Drive.script(answer(200, answer)), Action.UPDATE)).containsOnly("unknown counts");
        }
    }

    @Test
    void aJobThatIsRefusedForSomeRowsNamesThem() {
        assertThat(send(Drive.script(answer(400, "{\"bad\":[{\"i\":1,\"code\":\"x\"}]}")), Action.UPSERT))
                .containsExactly("deferred others_refused", "rejected x policy", "deferred others_refused");
        assertThat(send(Drive.script(answer(400, "{\"bad\":[]}")), Action.UPSERT))
                .as("nobody is named")
                .containsOnly("unknown unaccounted");
        assertThat(send(Drive.script(Drive.lost()), Action.UPSERT)).containsOnly("unknown timeout");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '§', textBlock = """
            {present: 0}~{present: 0, else: 1}~'else'
            {present: 0}~{complete: {a: 1}, else: 1}~'else'
            {present: 0}~{complete: [1]}~'complete' is an object
            {list_of: ["{{~{list_of: {a: 1}, b: ["{{~'list_of' puts lists together
            names_of: {~names_of: "{{ row.key }}", x: {~'names_of' tells which members there are
            join: error_path_index~join: counts~reads numbers, not nodes
            poll: {get~close: {post: /x}, poll: {get~answers of rows before the job has begun
            """)
    void whatMakesNoSenseIsRefused(String from, String to, String expected) {
        assertThat(OBJECTS).contains(from);
        String wrong = from.startsWith("poll")
                ? OBJECTS.replace("          poll: {get", "          close: {post: /x}\n          poll: {get")
                : OBJECTS.replace(from, to);
        String file = "connector: sample\ntitle: Sample\nbase_url: https://sample.example\nauth: {type: none}\n"
                + "account: {of: x}\n" + wrong;
        assertThat(ConnectorReader.text(YamlSource.of("connector.yaml", file, ""), "sample")
                        .problems())
                .extracting(Problem::oneLine)
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }
}
