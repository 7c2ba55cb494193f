package dev.caravan.connector.declared;

import static dev.caravan.connector.declared.Bed.batch;
import static dev.caravan.connector.declared.Bed.rows;
import static dev.caravan.connector.declared.Bed.words;
import static dev.caravan.destination.kit.Drive.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.kit.Drive;
import dev.caravan.transport.Reply;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer says of rows, and what it does not. */
class JoinsTest {

    private static final String POSITION =
            "{join: position, ok: {rows: '$.r[*]', when: {at: $.s, is: ok}, id: $.id, created: {at: $.new, is: true},"
                    + " unchanged: {at: $.same, is: true}}, fail: {code: $.c, message: $.m, field: $.f}}";
    private static final String TRACE =
            "{join: trace_id, ok: {rows: '$.r[*]', match: $.t, id: $.id}, fail: {rows: '$.e[*]', match: '$.t[*]', code: $.c}}";
    private static final String KEY =
            "{join: key, ok: {rows: '$.r[*]', match: $.k}, fail: {rows: '$.e[*]', match: $.k, code:"
                    + " $.c}, rest: accepted}";
    private static final String INDEX =
            "{when: {status: 400}, join: error_path_index, fail: {rows: '$.e[*]', index: {at: $.at, matches: 'r\\[(\\d+)\\]'},"
                    + " code: $.c}, rest: not_applied}";
    private static final String COUNTS =
            "{join: counts, counts: {received: $.in, refused: $.bad}, fail: {class: data}}";

    private static String objects(String operation, String join) {
        return """
            codes: {data: [BAD], conflict: [TAKEN], transient: [/.*LOCK.*/], unchanged: [GONE], otherwise: policy}
            errors:
              - {when: {status: 400}, class: data, code: $.code, message: $.message}
            objects:
              - names: [things]
                fields: [{name: k, key: true, ignore_case: true}]
                open: text
                operations:
                  %s:
                    class: A
                    batch: {rows: 10}
                    request:
                      post: /things
                      body: {each: rows, item: {k: "{{ row.key }}", t: "{{ row.trace }}", id: "{{ row.id? }}"}}
                    answers:
                      - %s
            """.formatted(operation, join);
    }

    private static List<String> told(String operation, String join, Reply reply, String... keys) {
        DeclaredDestination destination = Bed.sample(objects(operation, join));
        Action action = Action.valueOf(operation.toUpperCase(Locale.ROOT));
        return words(
                Drive.script(reply).run(destination.deliver(batch(destination, action, "things", "k", rows(keys)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"r":[{"s":"ok","id":1,"new":true},{"s":"no","c":"BAD"},{"s":"ok","same":true}]} | accepted 1 created, rejected BAD data, unchanged null
                    {"r":[{"s":"no","c":"XLOCKED"},{"s":"no","m":"words"},{"s":"no"}]}                | rejected XLOCKED transient, rejected refused policy, unknown malformed
                    {"r":[{"s":"ok"},{"s":"ok"}]}                                                     | unknown count, unknown count, unknown count
                    {"r":[{"s":"ok"},{"s":"ok"},{"s":"ok"},{"s":"ok"}]}                               | unknown count, unknown count, unknown count
                    {"r":[{"s":"ok","id":1},{"s":"ok","id":1},{"s":"ok","id":2}]}                     | unknown same_record, unknown same_record, accepted 2
                    {"r":{"s":"ok"}}                                                                  | unknown count, unknown count, unknown count
                    {"r":[{"s":"ok"},{"s":"ok"},{"s":"ok"}]} trailing                                 | unknown count, unknown count, unknown count
                    {"r":[{"s":"ok"},{"s":"ok"},{"s":null,"s":"ok"}]}                                 | unknown count, unknown count, unknown count
                    <html>sorry</html>                                                                | unknown count, unknown count, unknown count
                    """)
    void position(String body, String outcomes) {
        assertThat(String.join(", ", told("upsert", POSITION, answer(200, body), "a", "b", "c")))
                .isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"r":[{"t":"row-2","id":3},{"t":"row-0","id":1}],"e":[{"t":["row-1"],"c":"TAKEN"}]}  | accepted 1, rejected TAKEN conflict, accepted 3
                    {"r":[],"e":[]}                                                                      | unknown unaccounted, unknown unaccounted, unknown unaccounted
                    {"r":[{"t":"row-0","id":1},{"t":"row-0","id":2}]}                                    | unknown said_twice, unknown unaccounted, unknown unaccounted
                    {"r":[{"t":"row-0","id":1}],"e":[{"t":["row-0","row-1"],"c":"BAD"}]}                 | unknown said_twice, rejected BAD data, unknown unaccounted
                    {"r":[{"t":"row-7","id":1},{"t":"row-1","id":2}]}                                    | unknown unaccounted, accepted 2, unknown unaccounted
                    {"r":[{"t":0,"id":1}]}                                                               | unknown unaccounted, unknown unaccounted, unknown unaccounted
                    """)
    void trace(String body, String outcomes) {
        assertThat(String.join(", ", told("upsert", TRACE, answer(207, body), "a", "b", "c")))
                .isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    upsert | {"r":[{"t":"row-0","id":1}],"e":[{"ids":["B","x"],"c":"BAD"}]} | accepted 1, rejected BAD data, unknown unaccounted
                    upsert | {"r":[{"t":"row-0","id":1}],"e":[{"ids":["a"],"c":"BAD"}]}     | unknown said_twice, unknown unaccounted, unknown unaccounted
                    update | {"r":[{"t":"row-0","id":1}],"e":[{"ids":["b"],"c":"BAD"}]}     | accepted 1, unknown unaccounted, unknown unaccounted
                    """)
    void anErrorMayNameRowsOtherwiseThanTheJoinSays(String operation, String body, String outcomes) {
        String by = operation.equals("upsert") ? "key" : "sent";
        String join = "{join: trace_id, ok: {rows: '$.r[*]', match: $.t, id: $.id},"
                + " fail: {rows: '$.e[*]', match: {at: '$.ids[*]', by: " + by + "}, code: $.c}}";
        assertThat(String.join(", ", told(operation, join, answer(207, body), "a", "b", "c")))
                .as("what was sent is row.id where the request names it")
                .isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    add    | {"r":[{"k":"a"},{"k":"a"}]}            | accepted null, unknown unaccounted
                    remove | {"r":[{"k":"a"},{"k":"a"},{"k":"b"}]}  | accepted null, accepted null
                    upsert | {"r":[{"k":"a"},{"k":"a"}]}            | unknown said_twice, unknown unaccounted
                    add    | {"r":[{"k":"a"},{"k":"a"}],"e":[{"k":"a","c":"BAD"}]} | unknown said_twice, unknown unaccounted
                    """)
    void aMembershipThatIsToldTwiceIsOneAndSilenceMeansNothingBesideIt(String operation, String body, String outcomes) {
        assertThat(String.join(", ", told(operation, KEY, answer(200, body), "a", "b")))
                .isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"e":[{"k":"B","c":"BAD"}]}           | accepted null, rejected BAD data
                    {"e":[]}                              | accepted null, accepted null
                    {"e":[{"k":"z","c":"BAD"}]}           | unknown unaccounted, unknown unaccounted
                    {"e":[{"c":"BAD"}]}                   | unknown unaccounted, unknown unaccounted
                    {"e":[{"k":"b"},{"k":"b","c":"BAD"}]} | accepted null, unknown malformed
                    ''                                    | unknown unaccounted, unknown unaccounted
                    {"e":[                                | unknown unaccounted, unknown unaccounted
                    """)
    void whoIsNotNamedIsAcceptedOnlyIfAllThatIsSaidIsUnderstood(String body, String outcomes) {
        assertThat(String.join(", ", told("upsert", KEY, answer(200, body), "a", "b")))
                .isEqualTo(outcomes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"e":[{"at":"r[1].x","c":"BAD"},{"at":"r[1].y","c":"TAKEN"}]} | deferred others_refused, rejected BAD data, deferred others_refused
                    {"e":[{"at":"r[3].x","c":"BAD"}]}                             | unknown unaccounted, unknown unaccounted, unknown unaccounted
                    {"e":[{"at":"head","c":"BAD"}]}                               | unknown unaccounted, unknown unaccounted, unknown unaccounted
                    {"e":[]}                                                      | unknown unaccounted, unknown unaccounted, unknown unaccounted
                    """)
    void index(String body, String outcomes) {
        assertThat(String.join(", ", told("upsert", INDEX, answer(400, body), "a", "b", "c")))
                .isEqualTo(outcomes);
    }

    @Test
    void counts() {
        assertThat(told("add", COUNTS, answer(200, "{\"in\":2,\"bad\":0}"), "a", "b"))
                .containsExactly("accepted null", "accepted null");
        assertThat(told("add", COUNTS, answer(200, "{\"in\":2,\"bad\":1}"), "a", "b"))
                .containsExactly("unknown counts", "unknown counts");
        assertThat(told("add", COUNTS, answer(200, "{\"in\":2,\"bad\":2}"), "a", "b"))
                .as("numbers of something else might be the same by chance: halves tell")
                .containsExactly("unknown counts", "unknown counts");
        assertThat(told("add", COUNTS, answer(200, "{\"in\":\"2\"}"), "a", "b")).containsOnly("unknown counts");
        assertThat(told("add", COUNTS, answer(200, "{\"in\":1,\"bad\":1}"), "a"))
                .containsExactly("rejected refused data");
    }

    @Test
    void numbersThatDoNotAddUpMakeAllUnknown() {
        String checked = TRACE.substring(0, TRACE.length() - 1) + ", counts: {refused: $.n}}";
        String body = "{\"r\":[{\"t\":\"row-0\"}],\"e\":[{\"t\":[\"row-1\"],\"c\":\"BAD\"}],\"n\":%s}";

        assertThat(told("upsert", checked, answer(200, body.formatted(1)), "a", "b"))
                .containsExactly("accepted null", "rejected BAD data");
        assertThat(told("upsert", checked, answer(200, body.formatted(2)), "a", "b"))
                .containsOnly("unknown counts");
    }

    @Test
    void whatIsGoneIsAsARemovalWantsItAndNotAsAnUpdateDoes() {
        Reply gone = answer(200, "{\"e\":[{\"t\":[\"row-0\"],\"c\":\"GONE\"}]}");

        assertThat(told("delete", TRACE, gone, "a")).containsExactly("unchanged null");
        assertThat(told("update", TRACE, gone, "a")).containsExactly("rejected GONE data");
    }

    @Test
    void aRequestRefusedAsAWholeIsToldApartUnlessItHadOneRow() {
        Reply refused = answer(400, "{\"code\":\"X\",\"message\":\"no\"}");

        assertThat(told("upsert", TRACE, refused, "a", "b"))
                .containsExactly("rejected X data together", "rejected X data together");
        assertThat(told("upsert", TRACE, refused, "a")).containsExactly("rejected X data");
    }

    @Test
    void whatNothingMatchesIsReadByItsStatus() {
        assertThat(told("upsert", TRACE, answer(401, ""), "a")).containsExactly("deferred auth");
        assertThat(told("upsert", TRACE, answer(429, "slow"), "a")).containsExactly("deferred busy");
        assertThat(told("upsert", TRACE, answer(503, ""), "a")).containsExactly("unknown http_503");
        assertThat(told("upsert", TRACE, answer(302, ""), "a")).containsExactly("unknown http_302");
        assertThat(told("upsert", TRACE, answer(418, ""), "a")).containsExactly("unknown http_418");
        assertThat(told("upsert", INDEX, answer(200, "{}"), "a")).containsExactly("unknown malformed");
        assertThat(told("upsert", TRACE, Drive.lost(), "a")).containsExactly("unknown timeout");
    }
}
