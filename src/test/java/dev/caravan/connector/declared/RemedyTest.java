package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.rows;
import static dev.caravan.connector.declared.Bed.words;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.destination.Action;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.problem.Problem;
import dev.caravan.transport.Reply;
import dev.caravan.yaml.YamlSource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request that mends another's refusal: once a row, only after a certain refusal, with outcomes of its own. */
class RemedyTest {

    private static final String OBJECTS = """
            errors:
              - {when: {status: 429}, class: rate}
              - {when: {status: 403}, class: config, code: $.error}
              - {when: {status: [404, 409]}, class: conflict, code: $.error, message: $.message}
            objects:
              - names: [people]
                fields: [{name: email, key: true}]
                open: text
                operations:
                  insert:
                    class: E
                    request: {post: /people, body: "{{ row.values }}"}
                    answers: [{join: single, ok: {id: $.id}}]
                    remedy:
                      when: {status: 409, at: $.error, is: archived}
                      id: $.message
                      matches: "id=(\\\\w+)"
                      post: "/people/{{ found.id }}/unarchive"
                      then: change
                  upsert:
                    class: E
                    find: {get: /people, query: {email: "{{ row.key }}"}, rows: "$.found[*]", id: $.id}
                    found: change
                    absent: insert
                  update:
                    class: A
                    request: {put: "/people", body: "{{ row.values }}"}
                    answers: [{join: single, ok: {id: $.id}}]
                    remedy:
                      when: {status: 409, at: $.error, is: locked}
                      id: $.lock
                      delete: "/locks/{{ found.id }}"
                steps:
                  change:
                    request: {put: "/people/{{ found.id }}", body: "{{ row.fields }}"}
                    answers: [{join: single, ok: {id: $.id}}]
            """;
    private static final DeclaredDestination PEOPLE = Bed.sample(OBJECTS);
    private static final Reply ARCHIVED =
            answer(409, "{\"error\":\"archived\",\"message\":\"an archived person with id=p7 has it\"}");

    private static List<String> send(Drive drive, Action action, String... keys) {
        return words(drive.run(PEOPLE.deliver(Bed.batch(PEOPLE, action, "people", "email", rows(keys)))));
    }

    @Test
    void whatIsMendedIsWrittenAndIsNotOurs() {
        Drive drive = Drive.script(
                answer(200, "{\"id\":\"p1\"}"),
                ARCHIVED,
                answer(200, "{}"),
                answer(200, "{\"id\":\"p7\"}"),
                answer(200, "{\"id\":\"p3\"}"));
        assertThat(send(drive, Action.INSERT, "a", "b", "c"))
                .containsExactly("accepted p1 created", "accepted p7", "accepted p3 created");
        assertThat(drive.calls())
                .containsExactly(
                        "POST /people", "POST /people", "POST /people/p7/unarchive", "PUT /people/p7", "POST /people");
        Drive searched = Drive.script(
                answer(200, "{\"found\":[]}"), ARCHIVED, answer(200, "{}"), answer(200, "{\"id\":\"p7\"}"));
        assertThat(send(searched, Action.UPSERT, "a")).containsExactly("accepted p7");
    }

    @Test
    void theSameRequestIsSentOnceMoreAndNoOftener() {
        Reply locked = answer(409, "{\"error\":\"locked\",\"lock\":9}");
        Drive drive = Drive.script(locked, answer(204, ""), answer(200, "{\"id\":\"p1\"}"));
        assertThat(send(drive, Action.UPDATE, "a")).containsExactly("accepted p1");
        assertThat(drive.calls()).containsExactly("PUT /people", "DELETE /locks/9", "PUT /people");
        assertThat(send(Drive.script(locked, answer(204, ""), locked), Action.UPDATE, "a"))
                .containsExactly("rejected locked conflict");
    }

    @Test
    void aRemedyThatDoesNotWorkHasItsOwnOutcome() {
        assertThat(send(Drive.script(ARCHIVED, answer(404, "{\"error\":\"gone\"}")), Action.INSERT, "a"))
                .containsExactly("rejected gone conflict");
        assertThat(send(Drive.script(ARCHIVED, Drive.lost()), Action.INSERT, "a"))
                .containsExactly("deferred remedy");
        assertThat(send(Drive.script(ARCHIVED, answer(500, "")), Action.INSERT, "a"))
                .containsExactly("deferred remedy");
        assertThat(send(Drive.script(ARCHIVED, answer(429, "")), Action.INSERT, "a", "b"))
                .as("nothing more is sent")
                .containsExactly("deferred busy", "deferred busy");
        assertThat(send(Drive.script(ARCHIVED, answer(200, "{}"), Drive.lost()), Action.INSERT, "a"))
                .containsExactly("unknown timeout");
    }

    @Test
    void onlyACertainRefusalIsMended() {
        assertThat(send(Drive.script(answer(500, "{\"error\":\"archived\"}")), Action.INSERT, "a"))
                .containsExactly("unknown http_500");
        assertThat(send(
                        Drive.script(answer(409, "{\"error\":\"archived\",\"message\":\"no name\"}")),
                        Action.INSERT,
                        "a"))
                .containsExactly("rejected archived conflict");
        assertThat(send(Drive.script(answer(409, "{\"error\":\"other\",\"message\":\"id=p7\"}")), Action.INSERT, "a"))
                .containsExactly("rejected other conflict");
        List<Write> doubted = rows("a").stream()
                .map(write -> write.doubted(Instant.parse("2026-03-01T10:00:00Z")))
                .toList();
        assertThat(words(Drive.script(ARCHIVED)
                        .run(PEOPLE.deliver(Bed.batch(PEOPLE, Action.INSERT, "people", "email", doubted)))))
                .as("it may be ours already")
                .containsExactly("unknown key_taken");
    }

    /** What a refusal names is one segment of a path, whatever it is. */
    @Test
    void anIdCannotLeadElsewhere() {
        assertThat(send(Drive.script(answer(409, "{\"error\":\"locked\",\"lock\":\"..\"}")), Action.UPDATE, "a"))
                .containsExactly("rejected locked conflict");
        Drive drive = Drive.script(
                answer(409, "{\"error\":\"locked\",\"lock\":\"a/b?c\"}"),
                answer(204, ""),
                answer(200, "{\"id\":\"p1\"}"));
        send(drive, Action.UPDATE, "a");
        assertThat(drive.calls().get(1)).isEqualTo("DELETE /locks/a%2Fb%3Fc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '§', textBlock = """
            then: change~then: chance~did you mean 'change'?
            then: change~then: update~a remedy after a remedy
            class: A~class: A, batch: {rows: 2}~a remedy where a request has up to 2 rows
            id=(~id=~a pattern without a group
            /locks/{{ found.id }}~/locks/{{ found.lock }}~'found' has no 'lock'
            """)
    void whatMakesNoSenseIsRefused(String from, String to, String expected) {
        String file = """
                connector: sample
                title: Sample
                base_url: https://sample.example
                auth: {type: none}
                account: {of: x}
                """ + OBJECTS.replace("(\\\\w+)", "(w)").replace("class: A\n", "class: A # x\n");
        String wrong = from.startsWith("class")
                ? file.replace("class: A # x\n", "class: A\n        batch: {rows: 2}\n")
                : file.replace(from.equals("id=(") ? "id=(w)" : from, from.equals("id=(") ? "id=w" : to);
        assertThat(ConnectorReader.text(YamlSource.of("connector.yaml", wrong, ""), "sample")
                        .problems())
                .extracting(Problem::oneLine)
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }
}
