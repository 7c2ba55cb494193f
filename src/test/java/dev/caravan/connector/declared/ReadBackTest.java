package dev.caravan.connector.declared;

import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.Drive;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.yaml.YamlSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What became of inserts whose answers were lost, as far as a search can tell. */
class ReadBackTest {

    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String OBJECTS = """
            objects:
              - names: [deals]
                fields: [{name: ref, key: true}, {name: amount, type: number}, {name: closed, type: instant}]
                open: text
                operations:
                  insert:
                    class: E
                    request: {post: /deals, body: "{{ row.values }}"}
                    answers: [{join: single, ok: {id: $.id}}]
                    read_back:
                      post: /deals/search
                      body: {in: {each: rows, item: "{{ row.key }}"}}
                      batch: {rows: 2}
                      rows: "$.results[*]"
                      match: $.properties.ref
                      id: $.id
                      created: $.createdAt
                      fields: $.properties
                      ours: {at: $.source, is: INTEGRATION}
                      gone: {at: $.archived, is: true}
                      total: $.total
                      sees_all: true
                  update: {same_as: insert, class: A}
            """;
    private static final DeclaredDestination DEALS = Bed.sample(OBJECTS);

    private static List<Trace> traces(DeclaredDestination destination, Drive drive, Write... writes) {
        Batch batch = Bed.batch(destination, Action.INSERT, "deals", "ref", List.of(writes));
        List<Instant> begun = new ArrayList<>();
        batch.writes().forEach(write -> begun.add(BEGUN));
        Reply.Answer login = (HttpAnswer) answer(200, "{}");
        return drive.run(
                destination.lookUp(new Trace.Question(batch, begun, login)).orElseThrow());
    }

    private static Write deal(String ref) {
        return new Write(
                1,
                Kind.ADD,
                new Value.Text(ref),
                null,
                Map.of(
                        "amount", Value.ofNull(),
                        "name", new Value.Text("Big\r\none "),
                        "closed", new Value.ZonedTimestamp(Instant.parse("2026-02-01T00:00:00.500Z"))));
    }

    private static String record(String ref) {
        return "{\"id\":\"7\",\"createdAt\":\"2026-03-01T09:56:00.000+00:00\",\"source\":\"INTEGRATION\",\"archived\":false,"
                + "\"properties\":{\"ref\":\"" + ref
                + "\",\"amount\":null,\"name\":\"Big\\none\",\"closed\":\"2026-02-01T01:00:00+01:00\"}}";
    }

    private static String found(String... records) {
        return "{\"total\":" + records.length + ",\"results\":[" + String.join(",", records) + "]}";
    }

    @Test
    void arrivedIsWhatIsProvenAndAbsentWhatIsNotThere() {
        Drive drive = Drive.script(
                answer(200, found(record("a"), record("similar"))),
                answer(200, found(record("c").replace("\"7\"", "\"8\""))));
        assertThat(traces(DEALS, drive, deal("a"), deal("b"), deal("c")))
                .containsExactly(new Trace.Arrived("7"), new Trace.Absent(), new Trace.Arrived("8"));
        assertThat(drive.bodies()).containsExactly("{\"in\":[\"a\",\"b\"]}", "{\"in\":[\"c\"]}");
        assertThat(traces(DEALS, Drive.script())).as("asks nothing").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            "archived":false~"archived":true~found_deleted
            INTEGRATION~CRM_UI~found_foreign
            09:56:00~09:54:59~found_foreign
            Big~Bigger~found_differing
            "amount":null~"amount":0~found_differing
            01:00:00+01:00~01:00:01+01:00~found_differing
            "closed"~"Closed"~found_differing
            "createdAt"~"created"~look_up
            2026-03-01T09~yesterday~look_up
            "id"~"Id"~look_up
            "properties":~"fields":~look_up
            """)
    void nothingLessIsProof(String from, String to, String reason) {
        assertThat(record("a")).contains(from);
        assertThat(traces(DEALS, Drive.script(answer(200, found(record("a").replace(from, to)))), deal("a")))
                .containsExactly(new Trace.Unsure(reason));
    }

    @Test
    void whatIsNotToldForCertainIsUnsure() {
        Trace notTold = new Trace.Unsure("look_up");
        for (Reply reply : List.of(
                answer(500, ""),
                answer(404, "{}"),
                answer(200, "{\"results\":["),
                answer(200, found(record("a")).replace("\"total\":1", "\"total\":2")),
                answer(200, "{\"results\":[]}"),
                answer(200, "[]"))) {
            assertThat(traces(DEALS, Drive.script(reply), deal("a")))
                    .as("%s", reply)
                    .containsExactly(notTold);
        }
        Drive lost = Drive.script(Drive.lost());
        assertThat(traces(DEALS, lost, deal("a"), deal("b"), deal("c"))).containsExactly(notTold, notTold, notTold);
        assertThat(lost.calls()).hasSize(1);
        assertThat(traces(DEALS, Drive.script(answer(200, found())), deal("")))
                .as("what cannot be asked for")
                .containsExactly(notTold);
        String two = found(record("a"), record("a").replace("\"7\"", "\"8\""));
        assertThat(traces(DEALS, Drive.script(answer(200, two)), deal("a")))
                .containsExactly(new Trace.Unsure("found_several"));
        assertThat(traces(DEALS, Drive.script(answer(200, found())), deal("a"), deal("a")))
                .containsOnly(new Trace.Unsure("found_several"));
        DeclaredDestination blind = Bed.sample(OBJECTS.replace("sees_all: true", "sees_all: false"));
        assertThat(traces(blind, Drive.script(answer(200, found())), deal("a")))
                .containsExactly(new Trace.Unsure("look_up_blind"));
    }

    /** Whether a search finds all is a matter of the account. */
    @Test
    void aSettingMaySayThatTheSearchFindsAll() {
        Map<String, String> complete = Map.of("search_is_complete", "true");
        Trace blind = new Trace.Unsure("look_up_blind");
        assertThat(hubspot(Map.of())).containsExactly(blind);
        assertThat(hubspot(Map.of("search_is_complete", "false"))).containsExactly(blind);
        assertThat(hubspot(complete)).containsExactly(new Trace.Absent());
    }

    private static List<Trace> hubspot(Map<String, String> settings) {
        DeclaredDestination hubspot = Bed.own("hubspot", settings);
        TargetSchema schema = new TargetSchema("deals", List.of(), Optional.of(TargetField.Kind.TEXT));
        Batch batch = new Batch(Action.INSERT, false, "deals", "ref", schema, List.of(deal("a")));
        Reply.Answer login = (HttpAnswer) answer(200, "{}");
        return Drive.script(answer(200, found()))
                .run(hubspot.lookUp(new Trace.Question(batch, List.of(BEGUN), login))
                        .orElseThrow());
    }

    /** Marketo takes commas for several values, and finds what was not asked for. */
    @Test
    void marketosSearchIsForOneKey() {
        DeclaredDestination marketo = Bed.own("marketo", Map.of("api_base", "https://x.example"));
        TargetSchema schema = new TargetSchema("leads", List.of(), Optional.of(TargetField.Kind.TEXT));
        Batch batch = new Batch(Action.INSERT, false, "leads", "email", schema, List.of(deal("a@x.y"), deal("b,c")));
        Reply.Answer login = (HttpAnswer) answer(200, "{}");
        Drive drive = Drive.script(
                answer(
                        200,
                        "{\"success\":true,\"result\":[{\"id\":9,\"createdAt\":\"2026-03-01T09:56:00Z\",\"email\":\"z@x.y\"}]}"));
        assertThat(drive.run(marketo.lookUp(new Trace.Question(batch, List.of(BEGUN, BEGUN), login))
                        .orElseThrow()))
                .containsExactly(new Trace.Absent(), new Trace.Unsure("look_up"));
        assertThat(drive.calls()).singleElement().asString().contains("filterValues=a%40x.y");
    }

    @Test
    void onlyAnOperationThatSaysHowIsAsked() {
        Batch update = Bed.batch(DEALS, Action.UPDATE, "deals", "ref", List.of(deal("a")));
        Reply.Answer login = (HttpAnswer) answer(200, "{}");
        assertThat(DEALS.lookUp(new Trace.Question(update, List.of(BEGUN), login)))
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            class: E~class: A~the request is just sent again
            match: $.properties.ref~none: {status: 404}~does not say which record is whose
            created: $.createdAt~created_as: epoch~needs 'created'
            """)
    void whatMakesNoSenseIsRefused(String from, String to, String expected) {
        String file = """
                connector: sample
                title: Sample
                base_url: https://sample.example
                auth: {type: none}
                account: {of: x}
                """ + OBJECTS.replace(from, to);
        assertThat(ConnectorReader.text(YamlSource.of("connector.yaml", file, ""), "sample")
                        .problems())
                .extracting(Problem::oneLine)
                .anySatisfy(problem -> assertThat(problem).contains(expected));
    }
}
