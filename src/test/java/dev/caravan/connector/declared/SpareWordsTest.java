package dev.caravan.connector.declared;

import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.row.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of the format that no shipped connector needs. */
class SpareWordsTest {

    private static final String FILE = """
            objects:
              - names: [things]
                fields: [{name: k, key: true}, {name: note}]
                open: text
                operations:
                  upsert:
                    class: A
                    batch: {rows: 10}
                    nulls: {token: "#N/A"}
                    request: {post: /import, csv: {columns: [{name: k, value: "{{ row.key }}"}], delimiter: DELIMITER, line_end: crlf}}
                    answers: {join: all}
            """;

    /** A text that reads like the word for nothing is still a text to us; what the API makes of it is its own affair. */
    @ParameterizedTest
    @CsvSource({"semicolon,;", "pipe,|", "tab,TAB"})
    void cellsAreParted(String word, String sign) {
        DeclaredDestination things = Bed.sample(FILE.replace("DELIMITER", word));
        String by = sign.equals("TAB") ? "\t" : sign;
        Drive drive = Drive.script(answer(200, "{}"));
        drive.run(things.deliver(Bed.batch(
                things,
                Action.UPSERT,
                "things",
                "k",
                List.of(
                        Bed.row(0, "a", null, Map.of("note", Value.ofNull())),
                        Bed.row(1, "b" + by, null, Map.of("note", new Value.Text("x")))))));
        assertThat(drive.requests.getFirst().body().text())
                .isEqualTo("k" + by + "note\r\na" + by + "#N/A\r\n\"b" + by + "\"" + by + "x\r\n");
    }

    @Test
    void aPageIsAskedForByAParameterAndSoManyAtMost() {
        DeclaredDestination things = Bed.sample("""
                objects:
                  - names: [things]
                    describe:
                      get: /fields
                      fields: "$.f[*]"
                      name: $.n
                      type: {at: $.t, text: [s]}
                      pages: {next: $.next, parameter: after, most: 3}
                    operations:
                      upsert: {class: A, request: {post: /x, body: "{{ row.key }}"}, answers: {join: single}}
                """);
        String page = "{\"f\":[{\"n\":\"%s\",\"t\":\"s\"}],\"next\":\"%s\"}";
        Drive whole = Drive.script(
                answer(200, page.formatted("a", "2&x=1")), answer(200, "{\"f\":[{\"n\":\"b\",\"t\":\"s\"}]}"));
        assertThat(((Described.Schema) whole.run(things.describe("things")))
                        .schema().fields().stream().map(TargetField::name))
                .containsExactly("a", "b");
        assertThat(whole.calls()).containsExactly("GET /fields", "GET /fields?after=2%26x%3D1");

        Drive endless = new Drive(request -> answer(200, page.formatted("a", "9")));
        assertThat(endless.run(things.describe("things")))
                .as("half of the fields are not the fields")
                .isNotInstanceOf(Described.Schema.class);
        assertThat(endless.requests).hasSize(3);
    }

    @Test
    void resultsMayBeLinesOfJson() {
        DeclaredDestination things = Bed.sample("""
                objects:
                  - names: [things]
                    fields: [{name: k, key: true}]
                    open: text
                    operations:
                      upsert:
                        class: A
                        job:
                          batch: {rows: 10}
                          create: {post: /jobs, body: {each: rows, item: "{{ row.key }}"}, id: $.id}
                          poll: {get: "/jobs/{{ job.id }}", done: {status: 200}}
                          results:
                            - get: "/jobs/{{ job.id }}/lines"
                              format: json_lines
                              join: key
                              ok: {rows: "$[*]", when: {at: $.ok, is: "true"}, match: $.k, id: $.id}
                              fail: {rows: "$[*]", when: {at: $.ok, is: "false"}, match: $.k, code: $.error}
                """);
        String lines = "{\"k\":\"b\",\"ok\":false,\"error\":\"BAD\"}\n{\"k\":\"a\",\"ok\":true,\"id\":7}\n";
        assertThat(Bed.words(drive(lines).run(deliver(things))))
                .containsExactly("accepted 7", "rejected BAD policy", "unknown unaccounted");
        assertThat(drive(lines + "{\"k\":\"c\"").toTheEnd(deliver(things)))
                .as("cut off: they are asked for again")
                .isEqualTo(new Conversation.LeaveOpen<>("job_results"));
    }

    private static Drive drive(String lines) {
        return new Drive(request -> switch (request.path()) {
            case "/jobs" -> answer(200, "{\"id\":\"1\"}");
            case "/jobs/1" -> answer(200, "{}");
            default -> answer(200, lines);
        });
    }

    private static Conversation<List<Outcome>> deliver(DeclaredDestination things) {
        return things.deliver(Bed.batch(things, Action.UPSERT, "things", "k", Bed.rows("a", "b", "c")));
    }
}
