package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Drive.lost;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.batch;
import static dev.caravan.connector.salesforce.Sample.id;
import static dev.caravan.connector.salesforce.Sample.refusal;
import static dev.caravan.connector.salesforce.Sample.success;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookupTest {

    private static final Map<String, Value> FIELDS = Map.of("LastName", new Value.Text("x"));

    private static String found(String rows, String more) {
        return "{\"totalSize\":1,\"done\":" + more.isEmpty() + more + ",\"records\":[" + rows + "]}";
    }

    private static String row(int i, String key) {
        return "{\"attributes\":{\"type\":\"Lead\"},\"Id\":\"" + id(i) + "\",\"Lead_Id__c\":\"" + key + "\"}";
    }

    private static String soql(Drive drive) {
        String path = drive.requests.getFirst().path();
        return URLDecoder.decode(path.substring(path.indexOf("?q=") + 3), StandardCharsets.UTF_8);
    }

    @Test
    void idsThatNobodyRemembersAreLookedUpByKeyWhateverItsCase() {
        Drive drive =
                Drive.script(answer(200, found(row(1, "O'BRIEN\\\\"), "")), answer(200, "[" + success(1, false) + "]"));

        List<Outcome> outcomes = drive.run(
                SALESFORCE.deliver(batch(Action.UPDATE, false, List.of(write(0, "o'brien\\", null, FIELDS)))));

        assertThat(soql(drive)).isEqualTo("SELECT Id,Lead_Id__c FROM Lead WHERE Lead_Id__c IN ('o\\'brien\\\\')");
        assertThat(drive.requests.get(1).body().text()).contains("\"id\":\"" + id(1) + "\"");
        assertThat(outcomes).containsExactly(new Outcome.Accepted(id(1), false));
    }

    @Test
    void aKeyCannotLeaveItsQuotes() {
        Drive drive = Drive.script(answer(200, found("", "")));
        drive.run(SALESFORCE.deliver(
                batch(Action.UPDATE, false, List.of(write(0, "x') OR (Name LIKE '%\n&q=", null, FIELDS)))));

        assertThat(soql(drive)).endsWith("IN ('x\\') OR (Name LIKE \\'%\\n&q=')");
        assertThat(drive.requests.getFirst().path())
                .doesNotContain("'")
                .doesNotContain(" ")
                .matches(p -> p.indexOf('&') < 0);
    }

    @Test
    void noRecordAndSeveralRecordsAreToldApart() {
        List<Write> writes = List.of(write(0, "none", null, FIELDS), write(1, "two", null, FIELDS));
        Drive update = Drive.script(answer(200, found(row(1, "two") + "," + row(2, "TWO"), "")));

        assertThat(update.run(SALESFORCE.deliver(batch(Action.UPDATE, false, writes))))
                .containsExactly(
                        new Outcome.Rejected("NOT_FOUND", "Lead_Id__c", "no record has this key", ErrorClass.DATA),
                        new Outcome.Rejected(
                                "MULTIPLE_MATCHES", "Lead_Id__c", "2 records have this key", ErrorClass.CONFLICT));
        assertThat(update.requests).hasSize(1);

        assertThat(Drive.script(answer(200, found("", "")))
                        .run(SALESFORCE.deliver(batch(Action.DELETE, false, writes.subList(0, 1)))))
                .containsExactly(new Outcome.Unchanged(null));
        Write clear = new Write(0, Kind.REMOVE, new Value.Text("none"), null, FIELDS);
        assertThat(Drive.script(answer(200, found("", "")))
                        .run(SALESFORCE.deliver(batch(Action.UPDATE, false, List.of(clear)))))
                .containsExactly(new Outcome.Unchanged(null));
    }

    @Test
    void moreRowsThanAPageAreReadToTheirEnd() {
        String next = ",\"nextRecordsUrl\":\"/services/data/v66.0/query/01g5g00000-2000\"";
        Drive drive = Drive.script(
                answer(200, found(row(1, "a"), next)),
                answer(200, found(row(2, "b"), "")),
                answer(200, "[" + success(1, false) + "," + success(2, false) + "]"));

        drive.run(SALESFORCE.deliver(
                batch(Action.UPDATE, false, List.of(write(0, "a", null, FIELDS), write(1, "b", null, FIELDS)))));

        assertThat(drive.calls().get(1)).isEqualTo("GET /query/01g5g00000-2000");
    }

    @Test
    void aLookupThatFailsLeavesItsRowsUntouched() {
        String foreign = found(row(1, "a"), ",\"nextRecordsUrl\":\"https://elsewhere.example/x\"");
        for (Reply reply :
                List.of(lost(), answer(503, ""), answer(200, "{}"), answer(200, "["), answer(200, foreign))) {
            assertThat(Drive.script(reply)
                            .run(SALESFORCE.deliver(batch(Action.UPDATE, false, List.of(write(0, "a", null, FIELDS))))))
                    .containsExactly(new Outcome.Deferred("lookup", Optional.empty()));
        }
        assertThat(Drive.script(answer(400, refusal("INVALID_FIELD", "No such column")))
                        .run(SALESFORCE.deliver(batch(Action.UPDATE, false, List.of(write(0, "a", null, FIELDS))))))
                .containsExactly(new Outcome.Rejected("INVALID_FIELD", null, "No such column", ErrorClass.CONFIG));
    }

    @Test
    void manyKeysTakeSeveralQueriesOfBoundedLength() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            writes.add(write(i, "é".repeat(200) + i, null, FIELDS));
        }
        Drive drive = new Drive(request -> answer(200, found("", "")));

        drive.run(SALESFORCE.deliver(batch(Action.UPDATE, false, writes)));

        assertThat(drive.requests)
                .hasSizeGreaterThan(1)
                .allSatisfy(r -> assertThat(r.path().length()).isLessThan(9_000));
        assertThat(drive.requests.getFirst().toString()).doesNotContain("%C3");
    }
}
