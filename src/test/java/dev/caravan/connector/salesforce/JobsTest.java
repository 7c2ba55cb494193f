package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.JobScript.CLOSED;
import static dev.caravan.connector.salesforce.JobScript.CREATED;
import static dev.caravan.connector.salesforce.JobScript.UPLOADED;
import static dev.caravan.connector.salesforce.JobScript.counts;
import static dev.caravan.connector.salesforce.JobScript.done;
import static dev.caravan.connector.salesforce.JobScript.failures;
import static dev.caravan.connector.salesforce.JobScript.good;
import static dev.caravan.connector.salesforce.JobScript.state;
import static dev.caravan.connector.salesforce.JobScript.successes;
import static dev.caravan.connector.salesforce.JobScript.untouched;
import static dev.caravan.connector.salesforce.Sample.JOB;
import static dev.caravan.connector.salesforce.Sample.SALESFORCE;
import static dev.caravan.connector.salesforce.Sample.batch;
import static dev.caravan.connector.salesforce.Sample.id;
import static dev.caravan.connector.salesforce.Sample.refusal;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import dev.caravan.transport.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobsTest {

    @Test
    void aJobIsCreatedRememberedUploadedClosedPolledAndJoinedByKey() {
        Drive drive = Drive.script(
                CREATED,
                UPLOADED,
                CLOSED,
                state("InProgress", ""),
                done(3, 1),
                successes(good(2, true), good(0, false)),
                failures(
                        "\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --\",\"k1\",\"Name 1\""));

        List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch(Action.UPSERT, true, 3)));

        String job = "/jobs/ingest/" + JOB;
        assertThat(drive.calls())
                .containsExactly(
                        "POST /jobs/ingest",
                        "PUT " + job + "/batches",
                        "PATCH " + job,
                        "GET " + job,
                        "GET " + job,
                        "GET " + job + "/successfulResults",
                        "GET " + job + "/failedResults");
        assertThat(drive.remembered).containsExactly(JOB + ":0-2");
        assertThat(drive.requests.subList(0, 3)).allMatch(request -> request.replay() == Request.Replay.NEVER);
        assertThat(drive.requests.subList(3, 7)).allMatch(request -> request.replay() == Request.Replay.READ);
        assertThat(drive.requests)
                .allSatisfy(request ->
                        assertThat(request.headers()).containsEntry("Sforce-Call-Options", "client=caravan"));
        assertThat(drive.pauses).isSorted();
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Accepted(id(0), false),
                        new Outcome.Rejected(
                                "REQUIRED_FIELD_MISSING",
                                "Name",
                                "Required fields are missing: [Name]",
                                ErrorClass.DATA),
                        new Outcome.Accepted(id(2), true));
    }

    @Test
    void whatAJobIsMadeOf() {
        Drive drive = Drive.script(
                CREATED, UPLOADED, CLOSED, done(3, 0), successes(good(0, true), good(1, true), good(2, true)));

        drive.run(SALESFORCE.deliver(batch(Action.UPSERT, true, 3)));

        assertThat(drive.requests.getFirst().body().text())
                .isEqualTo("{\"object\":\"Lead\",\"operation\":\"upsert\",\"externalIdFieldName\":\"Lead_Id__c\","
                        + "\"contentType\":\"CSV\",\"columnDelimiter\":\"COMMA\",\"lineEnding\":\"LF\"}");
        assertThat(drive.requests.get(1).body().text())
                .isEqualTo("Lead_Id__c,LastName\nk0,Name 0\nk1,Name 1\nk2,Name 2\n");
        assertThat(drive.requests.get(1).contentType()).isEqualTo("text/csv");
        assertThat(drive.requests.get(2).body().text()).isEqualTo("{\"state\":\"UploadComplete\"}");
    }

    @Test
    void anEmptyCellLeavesAFieldAloneAndAMarkClearsIt() {
        Map<String, Value> first = new LinkedHashMap<>();
        first.put("LastName", Value.ofNull());
        first.put("Email", new Value.Text(""));
        List<Write> writes = List.of(
                write(0, "a, \"b\"", null, first),
                write(1, " ü\uD83D\uDE00", null, Map.of("Seen__c", new Value.Text("2026-01-02T03:04:05+01:00"))),
                write(2, "c", null, Map.of("LastName", new Value.Text("#N/A"))));
        Drive drive = Drive.script(
                CREATED,
                UPLOADED,
                CLOSED,
                done(2, 0),
                answer(
                        200,
                        "\"sf__Id\",\"sf__Created\",\"Lead_Id__c\"\n\"" + id(1) + "\",\"true\",\" ü\uD83D\uDE00\"\n\""
                                + id(0) + "\",\"false\",\"a, \"\"b\"\"\"\n"));

        List<Outcome> outcomes = drive.run(SALESFORCE.deliver(batch(Action.UPSERT, true, writes)));

        assertThat(drive.requests.get(1).body().text())
                .isEqualTo("Lead_Id__c,LastName,Email,Seen__c\n\"a, \"\"b\"\"\",#N/A,#N/A,\n"
                        + " ü\uD83D\uDE00,,,2026-01-02T02:04:05.000Z\n");
        assertThat(outcomes.subList(0, 2))
                .containsExactly(new Outcome.Accepted(id(0), false), new Outcome.Accepted(id(1), true));
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, r -> assertThat(r.code()).isEqualTo("caravan.unsendable"));
    }

    @Test
    void aJobThatCannotBeMadeIsTheMappingsFault() {
        assertThat(Drive.script(answer(400, refusal("INVALIDENTITY", "'Foo' is no object")))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 2))))
                .containsOnly(new Outcome.Rejected("INVALIDENTITY", null, "'Foo' is no object", ErrorClass.CONFIG));
    }

    @Test
    void aHeaderThatTheObjectLacksIsTheMappingsFault() {
        String failed = counts(0, 0) + ",\"errorMessage\":\"InvalidBatch : Field name not found : Foo__c\"";
        assertThat(Drive.script(CREATED, UPLOADED, CLOSED, state("Failed", failed))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 2))))
                .containsOnly(
                        new Outcome.Rejected("InvalidBatch", null, "Field name not found : Foo__c", ErrorClass.CONFIG));
    }

    @Test
    void aFailedJobKeepsWhatItDidAndDefersTheRest() {
        String failed = counts(2, 1) + ",\"errorMessage\":\"TooManyLockFailure : too many\"";
        assertThat(Drive.script(
                                CREATED,
                                UPLOADED,
                                CLOSED,
                                state("Failed", failed),
                                successes(good(3, false)),
                                failures(
                                        "\"\",\"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access:--\",\"k0\",\"Name 0\""),
                                untouched("\"k1\",\"Name 1\""))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 4))))
                .containsExactly(
                        new Outcome.Rejected(
                                "UNABLE_TO_LOCK_ROW", null, "unable to obtain exclusive access", ErrorClass.TRANSIENT),
                        new Outcome.Deferred("unprocessed", Optional.empty()),
                        new Outcome.Unknown("no_result"),
                        new Outcome.Accepted(id(3), false));
    }

    @Test
    void aRowInTwoFilesContradictsItself() {
        assertThat(Drive.script(
                                CREATED,
                                UPLOADED,
                                CLOSED,
                                done(1, 1),
                                successes(good(0, true)),
                                failures("\"\",\"STRING_TOO_LONG:x:LastName --\",\"k0\",\"Name 0\""))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 1))))
                .containsExactly(new Outcome.Unknown("contradiction"));
    }

    @Test
    void aRefusalKeepsItsColonsAndATypeErrorIsTheRowsFault() {
        String words =
                "INVALID_FIELD:Failed to deserialize field at col 3. Due to, 'x:y' is not a valid value for the type"
                        + " xsd:date:Born__c --";
        assertThat(Drive.script(
                                CREATED,
                                UPLOADED,
                                CLOSED,
                                done(2, 2),
                                successes(),
                                failures(
                                        "\"\",\"" + words + "\",\"k0\",\"Name 0\"",
                                        "\"\",\"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:T: execution of BeforeInsert caused by: "
                                                + "UNABLE_TO_LOCK_ROW, busy:--\",\"k1\",\"Name 1\""))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 2))))
                .satisfiesExactly(
                        one -> assertThat(one).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                            assertThat(rejected.field()).isEqualTo("Born__c");
                            assertThat(rejected.message()).endsWith("xsd:date");
                            assertThat(rejected.errorClass()).isEqualTo(ErrorClass.DATA);
                        }),
                        two -> assertThat(two)
                                .isInstanceOfSatisfying(
                                        Outcome.Rejected.class,
                                        r -> assertThat(r.errorClass()).isEqualTo(ErrorClass.TRANSIENT)));
    }

    @Test
    void updatesAndDeletionsAreJoinedById() {
        Drive update = Drive.script(
                CREATED,
                UPLOADED,
                CLOSED,
                done(1, 0),
                answer(
                        200,
                        "\"sf__Id\",\"sf__Created\",\"Id\",\"LastName\"\n\"" + id(0) + "\",\"false\",\"" + id(0)
                                + "\",\"Name 0\"\n"));
        assertThat(update.run(SALESFORCE.deliver(batch(Action.UPDATE, true, 1))))
                .containsExactly(new Outcome.Accepted(id(0), false));
        assertThat(update.requests.get(1).body().text()).isEqualTo("Id,LastName\n" + id(0) + ",Name 0\n");

        Drive delete = Drive.script(
                CREATED,
                UPLOADED,
                CLOSED,
                done(1, 1),
                answer(200, ""),
                answer(
                        200,
                        "\"sf__Id\",\"sf__Error\",\"Id\"\n\"" + id(0)
                                + "\",\"ENTITY_IS_DELETED:entity is deleted:--\",\"" + id(0) + "\"\n"));
        assertThat(delete.run(SALESFORCE.deliver(batch(Action.DELETE, true, 1))))
                .containsExactly(new Outcome.Unchanged(id(0)));
        assertThat(delete.requests.get(1).body().text()).isEqualTo("Id\n" + id(0) + "\n");
    }
}
