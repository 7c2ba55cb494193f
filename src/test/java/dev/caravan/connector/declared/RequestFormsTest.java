package dev.caravan.connector.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of requests that few APIs want. */
class RequestFormsTest {

    private static final DeclaredDestination SAMPLE = Bed.sample("""
            objects:
              - names: [people]
                fields: [{name: email, key: true}]
                open: text
                operations:
                  upsert:
                    class: A
                    batch: {rows: 10, group_by: "{{ batch.fields }}"}
                    request: {post: /import, csv: {columns: [{name: email, value: "{{ row.key }}"}], part: file}}
                    answers: {join: counts, counts: {received: [$.done, $.left], refused: $.left}}
                  remove:
                    class: C
                    batch: {rows: 10}
                    request: {delete: /people, query: {all: "no"}, query_rows: {id: "{{ row.key }}", by: "{{ key_field }}"}}
                    answers: {join: all}
            """);

    private List<String> words = List.of();

    private Drive sent(Action action, String answer, List<Write> writes) {
        Drive drive = new Drive(request -> Drive.answer(200, answer));
        TargetSchema schema = new TargetSchema("people", List.of(), Optional.of(TargetField.Kind.TEXT));
        Batch batch = new Batch(action, false, "people", "email", schema, writes);
        words = Bed.words(drive.run(SAMPLE.deliver(batch)));
        return drive;
    }

    /** Addresses of next pages begin at the host, requests at the base address, which may have a path. */
    @ParameterizedTest
    @CsvSource({
        "https://sample.example/v2, https://sample.example/v2/fields?page=2, /fields?page=2",
        "https://sample.example/v2/, /v2/fields?page=2, /fields?page=2",
        "https://sample.example/v2, /fields?page=2, /fields?page=2",
        "https://sample.example/v2, https://sample.example/v25/fields, /v25/fields",
        "https://sample.example/v2, https://evil.example/v2?page=2, /?page=2",
        "https://sample.example, https://sample.example/v2/fields?page=2, /v2/fields?page=2"
    })
    void aNextPageIsBelowTheBaseAddress(String base, String next, String path) {
        DeclaredDestination sample = Bed.sample(base, """
                objects:
                  - names: [things]
                    describe:
                      get: /fields
                      fields: "$.f[*]"
                      name: $.n
                      type: {at: $.t, text: [s]}
                      pages: {next: $.next}
                    operations:
                      upsert: {class: A, request: {post: /x, body: "{{ row.key }}"}, answers: {join: single}}
                """);
        Drive drive = Drive.script(
                Drive.answer(200, "{\"f\":[{\"n\":\"a\",\"t\":\"s\"}],\"next\":\"" + next + "\"}"),
                Drive.answer(200, "{\"f\":[]}"));
        drive.run(sample.describe("things"));
        assertThat(drive.calls()).containsExactly("GET /fields", "GET " + path);
    }

    @Test
    void aFormOfOneFileKeepsItsRowsTogetherByTheirFields() {
        Value text = new Value.Text("a,\"b\"\r\n--caravan-");
        Drive drive = sent(
                Action.UPSERT,
                "{\"done\": 1, \"left\": 0}",
                List.of(
                        Bed.row(0, "a", null, Map.of("name", text)),
                        Bed.row(1, "b", null, Map.of("city", new Value.Text("Oslo")))));
        assertThat(drive.requests).hasSize(2);
        HttpRequest first = drive.requests.getFirst();
        assertThat(first.contentType()).matches("multipart/form-data; boundary=caravan-[0-9a-f]{40}");
        String boundary = first.contentType().substring(first.contentType().indexOf('=') + 1);
        assertThat(first.body().text())
                .isEqualTo("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"rows.csv\"\r\n"
                        + "Content-Type: text/csv\r\n\r\nemail,name\na,\"a,\"\"b\"\"\r\n--caravan-\"\n\r\n--" + boundary
                        + "--\r\n");
        assertThat(drive.requests.get(1).body().text()).contains("email,city\nb,Oslo\n");
        assertThat(drive.requests.get(1).contentType()).isNotEqualTo(first.contentType());
        assertThat(words).containsOnly("accepted null");
    }

    @Test
    void numbersOfAListAreAddedUpAndOneThatIsMissingAgreesWithNothing() {
        List<Write> two = Bed.rows("a", "b");
        sent(Action.UPSERT, "{\"done\": 2, \"left\": 0}", two);
        assertThat(words).containsOnly("accepted null");
        sent(Action.UPSERT, "{\"done\": 1, \"left\": 1}", two);
        assertThat(words).containsOnly("unknown counts");
        sent(Action.UPSERT, "{\"done\": 2}", two);
        assertThat(words).containsOnly("unknown counts");
    }

    @Test
    void aParameterComesOnceForEachRow() {
        Drive drive = sent(
                Action.REMOVE, "{}", List.of(Bed.row(0, "a&b=c", null, Map.of()), Bed.row(1, "ü#", null, Map.of())));
        assertThat(drive.calls()).containsExactly("DELETE /people?all=no&id=a%26b%3Dc&by=email&id=%C3%BC%23&by=email");
    }
}
