package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Drive.lost;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.batch;
import static dev.caravan.connector.salesforce.Sample.failure;
import static dev.caravan.connector.salesforce.Sample.id;
import static dev.caravan.connector.salesforce.Sample.refusal;
import static dev.caravan.connector.salesforce.Sample.success;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Write;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionsTest {

    @Test
    void anUpsertSendsTheKeyAndOnlyTheFieldsOfEachRow() {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("LastName", new Value.Text("Zoë \"Z\" \uD83D\uDE00\n"));
        fields.put("Score__c", new Value.Decimal(new BigDecimal("1E+3")));
        fields.put("Hot__c", new Value.Bool(true));
        fields.put("Seen__c", new Value.ZonedTimestamp(Instant.parse("2026-01-02T03:04:05.678901Z")));
        fields.put("Email", Value.ofNull());
        Drive drive = Drive.script(answer(200, "[" + success(1, true) + "," + success(2, false) + "]"));

        List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch(
                Action.UPSERT,
                false,
                List.of(
                        write(1, "a", null, fields),
                        write(2, "b", null, Map.of("Score__c", new Value.Text("0.50")))))));

        assertThat(drive.calls()).containsExactly("PATCH /composite/sobjects/Lead/Lead_Id__c");
        HttpRequest sent = drive.requests.getFirst();
        assertThat(sent.headers()).containsEntry("Sforce-Call-Options", "client=caravan");
        assertThat(sent.replay())
                .as("its rows go again with an intent of their own")
                .isEqualTo(Request.Replay.NEVER);
        assertThat(sent.body().text())
                .isEqualTo(
                        "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"Lead\"},\"Lead_Id__c\":\"a\",\"LastName\":\"Zoë"
                                + " \\\"Z\\\" \\uD83D\\uDE00\\n"
                                + "\",\"Score__c\":1000,\"Hot__c\":true,\"Seen__c\":\"2026-01-02T03:04:05.678Z\",\"Email\":null},"
                                + "{\"attributes\":{\"type\":\"Lead\"},\"Lead_Id__c\":\"b\",\"Score__c\":0.5}]}");
        assertThat(outcomes).containsExactly(new Outcome.Accepted(id(1), true), new Outcome.Accepted(id(2), false));
    }

    @Test
    void oneBadRowDoesNotTouchTheOthers() {
        Drive drive = Drive.script(answer(
                200,
                "[" + success(0, false) + "," + failure("STRING_TOO_LONG", "LastName: too long") + ","
                        + success(2, true) + "]"));

        assertThat(drive.run(SALESFORCE.deliver(batch(Action.UPSERT, false, 3))))
                .containsExactly(
                        new Outcome.Accepted(id(0), false),
                        new Outcome.Rejected("STRING_TOO_LONG", "LastName", "LastName: too long", ErrorClass.DATA),
                        new Outcome.Accepted(id(2), true));
    }

    /** Two rows cannot have become one record: one result stands where another row's belongs. */
    @Test
    void aResultThatIsToldTwiceIsNobodys() {
        String twice = "[" + success(0, false) + "," + success(1, false) + "," + success(0, false) + "]";
        List<Write> rows = IntStream.range(0, 3)
                .mapToObj(i -> write(i, "k" + i, null, Map.of("LastName", new Value.Text("x"))))
                .toList();
        assertThat(Drive.script(answer(200, twice)).run(SALESFORCE.deliver(batch(Action.UPSERT, false, rows))))
                .containsExactly(
                        new Outcome.Unknown("same_record"),
                        new Outcome.Accepted(id(1), false),
                        new Outcome.Unknown("same_record"));
    }

    @Test
    void resultsInAnotherOrderAreSeenByTheIdsThatAreKnown() {
        Map<String, Value> fields = Map.of("LastName", new Value.Text("x"));
        List<Write> rows = List.of(write(0, "a", id(0), fields), write(1, "b", id(1), fields));
        String swapped = "[" + success(1, false) + "," + success(0, false) + "]";
        assertThat(Drive.script(answer(200, swapped)).run(SALESFORCE.deliver(batch(Action.UPSERT, false, rows))))
                .containsOnly(new Outcome.Unknown("misplaced"));
        String anew = "[" + success(7, true) + "," + success(1, false) + "]";
        assertThat(Drive.script(answer(200, anew)).run(SALESFORCE.deliver(batch(Action.UPSERT, false, rows))))
                .as("the first was deleted, and made anew")
                .containsExactly(new Outcome.Accepted(id(7), true), new Outcome.Accepted(id(1), false));
    }

    @Test
    void createdBesideAFailureIsARefusal() {
        String rolledBack = "{\"id\":\"" + id(0) + "\",\"created\":true,\"success\":false,\"errors\":[{\"statusCode\":"
                + "\"DUPLICATE_VALUE\",\"message\":\"duplicate\",\"fields\":[]}]}";
        String undone = failure("ALL_OR_NONE_OPERATION_ROLLED_BACK", "rolled back");

        assertThat(Drive.script(answer(200, "[" + rolledBack + "," + undone + "]"))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                .containsExactly(
                        new Outcome.Rejected("DUPLICATE_VALUE", null, "duplicate", ErrorClass.CONFLICT),
                        new Outcome.Deferred("rolled_back", Optional.empty()));
    }

    @Test
    void aParentThatIsNotThereIsTheRowsMatterHoweverItIsAnswered() {
        String missing = "Foreign key external ID: x not found for field Ext__c in entity Account";

        assertThat(Drive.script(answer(200, "[" + success(0, false) + "," + failure("INVALID_FIELD", missing) + "]"))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                .containsExactly(
                        new Outcome.Accepted(id(0), false),
                        new Outcome.Deferred(Outcome.Deferred.NO_PARENT, Optional.empty()));
        Reply whole = answer(400, refusal("INVALID_FIELD", missing));
        assertThat(Drive.script(whole).run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                .as("told apart by halves, and of a row alone a reason to wait")
                .containsOnly(
                        new Outcome.Rejected(Outcome.Deferred.NO_PARENT, null, missing, ErrorClass.TRANSIENT, true));
        assertThat(SALESFORCE.observe(whole, Instant.EPOCH).state())
                .as("the org is well")
                .isEqualTo(Signal.State.WELL);
        assertThat(Drive.script(answer(400, refusal("INVALID_FIELD", "No such column 'x' on Lead")))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                .as("an unknown field is every row's matter")
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                no -> assertThat(no.errorClass()).isEqualTo(ErrorClass.CONFIG)));
    }

    @Test
    void anAnswerThatDoesNotCountUpIsTrustedForNoRow() {
        for (String body : List.of(
                "[" + success(0, true) + "]",
                "[" + success(0, true) + "," + success(1, true) + "," + success(2, true) + "]",
                "[" + success(0, true) + "," + success(1, true),
                "[" + success(0, true) + "," + success(1, true) + "] []",
                "{}",
                "",
                "<html>")) {
            assertThat(Drive.script(answer(200, body)).run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                    .hasSize(2)
                    .hasOnlyElementsOfType(Outcome.Unknown.class);
        }
    }

    @Test
    void anotherRecordsIdAtAPlaceSpoilsTheWholeAnswer() {
        assertThat(Drive.script(answer(200, "[" + success(1, false) + "," + success(0, false) + "]"))
                        .run(SALESFORCE.deliver(batch(Action.UPDATE, false, 2))))
                .hasOnlyElementsOfType(Outcome.Unknown.class);
    }

    @Test
    void whatIsCertainlyNotAppliedIsDeferredAndWhatMayBeIsUnknown() {
        Instant until = Instant.parse("2026-11-22T10:00:00Z");
        Map<Reply, Outcome> cases = new LinkedHashMap<>();
        cases.put(
                new Reply.NotSent("breaker", "open", Optional.of(until), 0),
                new Outcome.Deferred("breaker", Optional.of(until)));
        cases.put(lost(), new Outcome.Unknown("timeout"));
        cases.put(
                answer(401, refusal("INVALID_SESSION_ID", "Session expired")),
                new Outcome.Deferred("auth", Optional.empty()));
        cases.put(
                answer(429, "Retry-After", "Sun, 22 Nov 2026 10:00:00 GMT", ""),
                new Outcome.Deferred("busy", Optional.empty()));
        cases.put(
                answer(429, "retry-after", "Sun, 22 Nov 2026 10:00:00 GMT", ""),
                new Outcome.Deferred("busy", Optional.of(until)));
        cases.put(
                answer(403, refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")),
                new Outcome.Deferred("quota", Optional.empty()));
        cases.put(answer(503, refusal("SERVER_UNAVAILABLE", "x")), new Outcome.Unknown("http_503"));
        cases.put(answer(500, "<html>"), new Outcome.Unknown("http_500"));
        cases.put(answer(408, ""), new Outcome.Unknown("http_408"));
        cases.put(answer(302, ""), new Outcome.Unknown("http_302"));
        cases.put(answer(403, "<html>"), new Outcome.Unknown("http_403"));
        cases.put(
                answer(404, refusal("NOT_FOUND", "no such field")),
                new Outcome.Rejected("NOT_FOUND", null, "no such field", ErrorClass.CONFIG));
        cases.put(
                answer(400, refusal("INVALID_FIELD_FOR_INSERT_UPDATE", "not writable")),
                new Outcome.Rejected("INVALID_FIELD_FOR_INSERT_UPDATE", null, "not writable", ErrorClass.CONFIG));

        cases.forEach((reply, outcome) -> assertThat(
                        Drive.script(reply).run(SALESFORCE.deliver(batch(Action.UPSERT, false, 3))))
                .as(reply.toString())
                .containsExactly(outcome, outcome, outcome));
    }

    /** A code that nobody knows is a rule of the org at that moment, and proves nothing of an earlier request. */
    @ParameterizedTest
    @CsvSource({"JSON_PARSER_ERROR, DATA", "DUPLICATES_DETECTED, CONFLICT", "SOME_FLOW_FAILED, POLICY"})
    void aRequestRefusedForSomeRowsSakeSaysThatNothingOfItWasApplied(String code, ErrorClass alone) {
        Drive drive = new Drive(request -> answer(400, refusal(code, "Cannot deserialize instance of date")));

        List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch(Action.UPSERT, false, 200)));

        assertThat(outcomes)
                .hasSize(200)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.code()).isEqualTo(code);
                    assertThat(rejected.together()).isTrue();
                    assertThat(rejected.errorClass()).isEqualTo(alone);
                }));
        assertThat(drive.requests).hasSize(1);
    }

    @Test
    void aRepeatedInsertWhoseKeyIsTakenIsOursPerhaps() {
        String there = failure(
                "DUPLICATE_VALUE", "duplicate value found: KEY duplicates value on record with id: 00Qx00000000001");
        Batch first = batch(Action.INSERT, false, 1);
        String answer = "[" + there.replace("KEY", first.keyField()) + "]";
        Batch again = new Batch(
                first.action(),
                false,
                first.object(),
                first.keyField(),
                first.schema(),
                List.of(first.writes().getFirst().doubted(Instant.EPOCH)));

        assertThat(new Drive(request -> answer(200, answer)).run(SALESFORCE.deliver(first)))
                .as("of a first request it is somebody else's record")
                .hasOnlyElementsOfType(Outcome.Rejected.class);
        assertThat(new Drive(request -> answer(200, answer)).run(SALESFORCE.deliver(again)))
                .as("who made it, and with which values, the answer does not tell")
                .containsExactly(new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN));
        assertThat(new Drive(request -> answer(200, "[" + there.replace("KEY", "Other__c") + "]"))
                        .run(SALESFORCE.deliver(again)))
                .as("another unique field says nothing of ours")
                .hasOnlyElementsOfType(Outcome.Rejected.class);
        String looksLike =
                "[{\"success\":false,\"errors\":[{\"statusCode\":\"DUPLICATES_DETECTED\",\"message\":\"Use one?\","
                        + "\"fields\":[],\"duplicateResult\":{\"matchResults\":[{\"matchRecords\":[{\"record\":{\"Id\":\""
                        + id(7)
                        + "\"}},{\"record\":{\"Id\":7}}]}]}}]}]";
        assertThat(new Drive(request -> answer(200, looksLike)).run(SALESFORCE.deliver(again)))
                .as("what it looks like may be what the lost request made")
                .containsExactly(new Outcome.Unknown(Outcome.Unknown.KEY_TAKEN));
        assertThat(new Drive(request -> answer(200, looksLike)).run(SALESFORCE.deliver(first)))
                .containsExactly(new Outcome.Rejected(
                        "DUPLICATES_DETECTED", null, "Use one? (records " + id(7) + ")", ErrorClass.CONFLICT));
    }

    @Test
    void severalRecordsOfOneKeyAreAConflictThatNamesThem() {
        String urls = "[\"/services/data/v66.0/sobjects/Lead/" + id(1) + "\",\"/services/data/v66.0/sobjects/Lead/"
                + id(2) + "\"]";

        assertThat(Drive.script(answer(300, urls)).run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                .containsOnly(new Outcome.Rejected(
                        "MULTIPLE_CHOICES",
                        null,
                        "several records have this key (records " + id(1) + ", " + id(2) + ")",
                        ErrorClass.CONFLICT,
                        true));
        for (String other : List.of("[]", "{}", "[\"/login?x=1\"]", "<html>")) {
            assertThat(Drive.script(answer(300, other)).run(SALESFORCE.deliver(batch(Action.UPSERT, false, 2))))
                    .as(other)
                    .containsOnly(new Outcome.Unknown("http_300"));
        }
    }

    @Test
    void whatCannotTravelIsTakenOutBeforeAnythingIsSent() {
        Drive drive = Drive.script(answer(200, "[" + success(0, true) + "]"));
        List<Write> writes = List.of(
                write(0, "", null, Map.of("LastName", new Value.Text("x"))),
                write(1, "a", null, Map.of("Score__c", new Value.Real(Double.NaN))),
                write(2, "b", null, Map.of("LastName", new Value.Text("half \uD83D"))),
                write(3, "c", null, Map.of("LastName", new Value.Text("fine"))));

        List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch(Action.UPSERT, false, writes)));

        assertThat(outcomes.subList(0, 3))
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Rejected.class,
                                r -> assertThat(r.code()).isEqualTo("caravan.unsendable")));
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void anInsertIsNeverToBeReplayedAndADeletionNamesItsIds() {
        Drive insert = Drive.script(answer(200, "[" + success(0, true) + "]"));
        insert.run(SALESFORCE.deliver(batch(Action.INSERT, false, 1)));
        assertThat(insert.calls()).containsExactly("POST /composite/sobjects");
        assertThat(insert.requests.getFirst().replay()).isEqualTo(Request.Replay.NEVER);
        assertThat(insert.requests.getFirst().body().text()).contains("\"Lead_Id__c\":\"k0\"");

        Drive delete = Drive.script(
                answer(200, "[" + success(0, false) + "," + failure("ENTITY_IS_DELETED", "entity is deleted") + "]"));
        assertThat(delete.run(SALESFORCE.deliver(batch(Action.DELETE, false, 2))))
                .containsExactly(new Outcome.Accepted(id(0), false), new Outcome.Unchanged(id(1)));
        assertThat(delete.calls())
                .containsExactly("DELETE /composite/sobjects?ids=" + id(0) + "%2C" + id(1) + "&allOrNone=false");
    }

    @Test
    void aClearOfARecordThatIsGoneHasNothingLeftToDo() {
        Write clear = new Write(1, Kind.REMOVE, new Value.Text("k1"), id(1), Map.of("Email", Value.ofNull()));
        Write change = write(0, "k0", id(0), Map.of("Email", Value.ofNull()));
        String gone = failure("ENTITY_IS_DELETED", "entity is deleted");
        Drive drive = Drive.script(answer(200, "[" + gone + "," + gone + "]"));

        assertThat(drive.run(SALESFORCE.deliver(batch(Action.UPDATE, false, List.of(change, clear)))))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Outcome.Rejected.class),
                        second -> assertThat(second).isEqualTo(new Outcome.Unchanged(id(1))));
    }

    @Test
    void anUpdateGoesByIdAndLeavesTheKeyAlone() {
        Drive drive = Drive.script(answer(200, "[" + success(0, false) + "]"));

        drive.run(SALESFORCE.deliver(batch(Action.UPDATE, false, 1)));

        assertThat(drive.calls()).containsExactly("PATCH /composite/sobjects");
        assertThat(drive.requests.getFirst().body().text())
                .contains("\"id\":\"" + id(0) + "\"")
                .doesNotContain("Lead_Id__c");
    }
}
