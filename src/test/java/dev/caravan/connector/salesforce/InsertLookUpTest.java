package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Drive.lost;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.id;
import static dev.caravan.connector.salesforce.Sample.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Trace;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked about inserts whose answers were lost, and what every answer says of them. */
class InsertLookUpTest {

    private static final String US = "0055g00000AbCdEAAV";
    private static final String OTHER = "0055g00000ZzZzZAAV";
    private static final Instant BEGUN = Instant.parse("2026-03-01T08:00:00Z");
    private static final String LATER = "2026-03-01T08:00:07.000+0000";
    private static final Trace ARRIVED = new Trace.Arrived(id(1));
    private static final Trace ABSENT = new Trace.Absent();
    private static final Reply SEES_ALL = answer(200, "{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"x\"}]}");
    private static final Reply NOTHING = answer(200, found(""));

    private static final TargetSchema LEAD = new TargetSchema(
            "Lead",
            List.of(
                    field("Ref__c", Kind.TEXT),
                    field("LastName", Kind.TEXT),
                    field("Email", Kind.EMAIL),
                    field("Score__c", Kind.NUMBER),
                    field("Count__c", Kind.INTEGER),
                    field("Hot__c", Kind.BOOLEAN),
                    field("Born__c", Kind.DATE),
                    field("Seen__c", Kind.INSTANT),
                    field("At__c", Kind.TIME),
                    field("AccountId", Kind.REFERENCE),
                    field("Photo", Kind.OTHER)));

    private static TargetField field(String name, Kind kind) {
        int scale = kind == Kind.NUMBER ? 2 : 0;
        return new TargetField(name, kind, 80, 5, scale, true, true, true, false, false, false, true, List.of());
    }

    private static HttpAnswer login() {
        String body = "{\"id\":\"https://login.example/id/00D5g000000AbCdEAK/" + US + "\"}";
        return new HttpAnswer(200, Map.of(), Body.of(body), 1);
    }

    private static Write write(String key, @Nullable String known, Map<String, Value> fields) {
        return new Write(0, PlannedWrite.Kind.ADD, new Value.Text(key), known, new LinkedHashMap<>(fields));
    }

    private static Write write(String key) {
        return write(key, null, Map.of("LastName", new Value.Text("Öz")));
    }

    private static Trace.Question question(HttpAnswer login, List<Write> writes) {
        Batch batch = new Batch(Action.INSERT, false, "Lead", "Ref__c", LEAD, writes);
        return new Trace.Question(batch, writes.stream().map(write -> BEGUN).toList(), login);
    }

    private static List<Trace> ask(Drive drive, Write... writes) {
        return drive.run(SALESFORCE.lookUp(question(login(), List.of(writes))).orElseThrow());
    }

    private static Trace told(String records, Write write) {
        return ask(Drive.script(answer(200, found(records)), SEES_ALL), write).getFirst();
    }

    private static String found(String... records) {
        long count =
                List.of(records).stream().filter(record -> !record.isEmpty()).count();
        return "{\"totalSize\":" + count + ",\"done\":true,\"records\":[" + String.join(",", records) + "]}";
    }

    private static String record(int i, String key, String fields) {
        return record(i, key, US, LATER, false, fields);
    }

    private static String record(int i, String key, String by, String at, boolean deleted, String fields) {
        return "{\"attributes\":{\"type\":\"Lead\"},\"Id\":\"%s\",\"CreatedById\":\"%s\",\"CreatedDate\":\"%s\","
                        .formatted(id(i), by, at)
                + "\"IsDeleted\":%s,\"Ref__c\":\"%s\"%s}".formatted(deleted, key, fields);
    }

    private static String soql(HttpRequest request) {
        String path = request.path();
        return URLDecoder.decode(path.substring(path.indexOf("?q=") + 3), StandardCharsets.UTF_8);
    }

    @Test
    void itIsAskedForByKeyAmongDeletedRecordsTooAndForWhatNobodyCouldSee() {
        Drive drive = Drive.script(answer(200, found(record(1, "A", ",\"LastName\":\"Öz\""))), SEES_ALL);
        assertThat(ask(drive, write("a"), write("b"))).containsExactly(ARRIVED, ABSENT);
        assertThat(drive.requests.getFirst().path()).startsWith("/services/data/v66.0/queryAll?q=");
        assertThat(drive.requests).extracting(HttpRequest::method).containsOnly(HttpRequest.Method.GET);
        assertThat(soql(drive.requests.getFirst()))
                .isEqualTo("SELECT Id,CreatedById,CreatedDate,IsDeleted,Ref__c,LastName FROM Lead"
                        + " WHERE Ref__c IN ('a','b')");
        assertThat(soql(drive.requests.get(1)))
                .isEqualTo("SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Lead'"
                        + " AND PermissionsViewAllRecords = true AND ParentId IN"
                        + " (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '" + US + "')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x') OR (Name LIKE '%", "\\' OR Id != null --", "%27) OR (1=1", "'''\\\\'"})
    void aKeyCannotLeaveItsQuotes(String key) {
        Drive drive = Drive.script(NOTHING, SEES_ALL);
        ask(drive, write(key));
        String soql = soql(drive.requests.getFirst());
        String literal = soql.substring(soql.indexOf("IN (") + 4, soql.length() - 1);
        assertThat(literal).matches("(?s)'([^'\\\\\\n\\r\\t]|\\\\['\\\\nrtbf])*'");
        assertThat(drive.requests.getFirst().path()).doesNotContain("'").doesNotContain(" ");
    }

    /** A key that is stored otherwise than it was sent could be there and not be found. */
    @Test
    void aKeyIsAskedForAsItIsStoredAndNotAtAllWhereThatIsNotKnown() {
        Drive drive = Drive.script(NOTHING, SEES_ALL);
        Trace unsure = new Trace.Unsure("look_up");
        assertThat(ask(drive, write(" a "), write("b\nc"), write("\u0007"), write("d\u00a0"), write("\u2003d")))
                .containsExactly(ABSENT, unsure, unsure, unsure, unsure);
        assertThat(soql(drive.requests.getFirst())).endsWith("IN ('a')");
        assertThat(byKey("Score__c", "1.25")).isEqualTo(ABSENT);
        assertThat(byKey("Count__c", "12")).isEqualTo(ABSENT);
        assertThat(byKey("Born__c", "2020-02-29")).isEqualTo(ABSENT);
        assertThat(byKey("Email", "A@b.example")).isEqualTo(ABSENT);
        for (String[] other : new String[][] {
            {"Score__c", "1.255"},
            {"Count__c", "1.5"},
            {"Count__c", "many"},
            {"Seen__c", "2020-02-29T00:02:03.456Z"},
            {"At__c", "10:15"},
            {"Hot__c", "true"},
            {"Photo", "x"},
            {"Gone__c", "x"}
        }) {
            assertThat(byKey(other[0], other[1])).as(other[0]).isEqualTo(new Trace.Unsure("look_up"));
        }
    }

    private static Trace byKey(String keyField, String key) {
        Batch batch = new Batch(Action.INSERT, false, "Lead", keyField, LEAD, List.of(write(key)));
        Trace.Question question = new Trace.Question(batch, List.of(BEGUN), login());
        return new Drive(request -> request.path().contains("ObjectPermissions") ? SEES_ALL : NOTHING)
                .run(SALESFORCE.lookUp(question).orElseThrow())
                .getFirst();
    }

    @Test
    void manyKeysTakeSeveralQueriesOfBoundedLengthEachOnce() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            writes.add(write("é".repeat(200) + i));
        }
        Drive drive = new Drive(request -> request.path().contains("ObjectPermissions") ? SEES_ALL : NOTHING);
        assertThat(ask(drive, writes.toArray(Write[]::new))).hasSize(300).containsOnly(ABSENT);
        assertThat(drive.requests)
                .hasSizeGreaterThan(20)
                .allSatisfy(request -> assertThat(request.path().length()).isLessThan(9_500));
        assertThat(drive.requests.stream().map(InsertLookUpTest::soql).filter(soql -> soql.contains("éé299'")))
                .hasSize(1);
    }

    @Test
    void onlyASingleRecordOfOursNotOlderThanTheInsertHasArrived() {
        String same = ",\"LastName\":\"Öz\"";
        assertThat(told(record(1, "A", same), write("a"))).isEqualTo(ARRIVED);
        assertThat(told(record(1, "a", same) + "," + record(2, "A", same), write("a")))
                .as("the number of records is another than was told")
                .isEqualTo(new Trace.Unsure("look_up"));
        assertThat(ask(Drive.script(answer(200, found(record(1, "a", same), record(2, "A", same)))), write("a")))
                .containsExactly(new Trace.Unsure("found_several"));
        assertThat(told(record(1, "a", OTHER, LATER, false, same), write("a")))
                .isEqualTo(new Trace.Unsure("found_foreign"));
        assertThat(told(record(1, "a", US, LATER, true, same), write("a")))
                .isEqualTo(new Trace.Unsure("found_deleted"));
        assertThat(told(record(1, "a", same), write("a", id(1), Map.of("LastName", new Value.Text("Öz")))))
                .as("the key had this record before")
                .isEqualTo(new Trace.Unsure("found_foreign"));
        assertThat(told(record(1, "a", ",\"LastName\":\"Other\""), write("a")))
                .isEqualTo(new Trace.Unsure("found_differing"));
        assertThat(told(record(1, "a", ""), write("a"))).isEqualTo(new Trace.Unsure("found_differing"));
    }

    @Test
    void clocksMayDifferByFiveMinutes() {
        for (int seconds : new int[] {-301, -299, 299, 86_400}) {
            Instant at = BEGUN.plus(Duration.ofSeconds(seconds));
            String text = at.toString().replace("Z", ".000+0000");
            assertThat(told(record(1, "a", US, text, false, ",\"LastName\":\"Öz\""), write("a")))
                    .as(text)
                    .isEqualTo(seconds < -300 ? new Trace.Unsure("found_foreign") : ARRIVED);
        }
    }

    @Test
    void ofTwoInsertsWithOneKeyNobodyCanSayWhoseARecordIs() {
        Drive drive = Drive.script(answer(200, found(record(1, "a", ",\"LastName\":\"Öz\""))));
        assertThat(ask(drive, write("a"), write("A "))).containsOnly(new Trace.Unsure("found_several"));
    }

    @Test
    void whoDoesNotSeeAllHasNotSeenThatNothingIsThere() {
        assertThat(ask(Drive.script(NOTHING, NOTHING), write("a"))).containsExactly(new Trace.Unsure("look_up_blind"));
        for (Reply reply : List.of(lost(), answer(500, ""), answer(400, refusal("INVALID_TYPE", "no")))) {
            assertThat(ask(Drive.script(NOTHING, reply), write("a"))).containsExactly(new Trace.Unsure("look_up"));
        }
    }

    @Test
    void whatCannotBeReadSaysNothing() {
        String next =
                "{\"totalSize\":1,\"done\":false,\"nextRecordsUrl\":\"https://elsewhere.example\",\"records\":[]}";
        for (Reply reply : List.of(
                lost(),
                new Reply.NotSent("stopped", "", java.util.Optional.empty(), 0),
                answer(503, ""),
                answer(400, refusal("MALFORMED_QUERY", "no")),
                answer(403, refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests")),
                answer(200, ""),
                answer(200, "{}"),
                answer(200, found("").replace("true", "1")),
                answer(200, found("").replace(":0", ":1")),
                answer(200, next),
                answer(200, found(record(1, "another key", ""))),
                answer(200, found("{\"Id\":\"" + id(1) + "\",\"Ref__c\":\"a\"}")),
                answer(200, found(record(1, "a", US, "yesterday", false, ""))),
                answer(200, found(record(1, "a", "", LATER, false, ""))))) {
            assertThat(ask(Drive.script(reply), write("a")))
                    .as("%s", reply)
                    .containsExactly(new Trace.Unsure("look_up"));
        }
        HttpAnswer nobody = new HttpAnswer(200, Map.of(), Body.of("{}"), 1);
        assertThat(Drive.script()
                        .run(SALESFORCE
                                .lookUp(question(nobody, List.of(write("a"))))
                                .orElseThrow()))
                .containsExactly(new Trace.Unsure("look_up"));
    }

    @Test
    void furtherPagesAreReadToTheirEnd() {
        String first = "{\"totalSize\":2,\"done\":false,\"nextRecordsUrl\":\"/services/data/v66.0/query/01g5-2000\","
                + "\"records\":[" + record(1, "a", ",\"LastName\":\"Öz\"") + "]}";
        String rest = found(record(2, "b", ",\"LastName\":\"Öz\"")).replace(":1,\"done", ":2,\"done");
        assertThat(ask(Drive.script(answer(200, first), answer(200, rest)), write("a"), write("b")))
                .containsExactly(ARRIVED, new Trace.Arrived(id(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LastName | ' Öz '              | \"Öz\"                            | true",
                "LastName | 'a\r\nb'             | \"a\\nb\"                         | true",
                "LastName | ''                  | null                              | true",
                "LastName | 'Öz'                | null                              | false",
                "LastName | ''                  | \"Öz\"                            | false",
                "LastName | 'öz'                | \"Öz\"                            | false",
                "Email    | 'A@B.example'       | \"a@b.example\"                   | true",
                "Score__c | '1.005'             | 1.01                              | true",
                "Score__c | '1.5'               | 1.50                              | true",
                "Score__c | '1.5'               | 1.6                               | false",
                "Score__c | 'many'              | 1.6                               | false",
                "Count__c | '7'                 | 7.0                               | true",
                "Count__c | '7'                 | \"7\"                             | false",
                "Hot__c   | 'TRUE'              | true                              | true",
                "Hot__c   | 'false'             | true                              | false",
                "Born__c  | '2020-02-29'        | \"2020-02-29\"                    | true",
                "Born__c  | '2020-02-29'        | \"2020-02-28\"                    | false",
                "Seen__c  | '2020-02-29T01:02:03.456+01:00' | \"2020-02-29T00:02:03.000+0000\" | true",
                "Seen__c  | '2020-02-29T00:02:03Z' | \"2020-02-29T00:02:04.000+0000\"  | false",
                "Seen__c  | 'noon'              | \"2020-02-29T00:02:04.000+0000\"  | false",
                "At__c    | '10:15'             | \"10:15:00.000Z\"                 | true",
                "AccountId| '0015g00000AbCdE'   | \"0015g00000AbCdEAAV\"            | true",
                "AccountId| '0015g00000AbCdEAAV'| \"0015g00000AbCdeAAV\"            | false",
                "Photo    | 'whatever'          | null                              | true"
            })
    void aFieldIsComparedAsItIsStored(String field, String sent, String stored, boolean same) {
        Write write = write("a", null, Map.of(field, new Value.Text(sent)));
        assertThat(told(record(1, "a", ",\"" + field + "\":" + stored), write))
                .isEqualTo(same ? ARRIVED : new Trace.Unsure("found_differing"));
    }

    @Test
    void nothingIsAskedAboutNothing() {
        assertThat(ask(Drive.script())).isEmpty();
    }
}
