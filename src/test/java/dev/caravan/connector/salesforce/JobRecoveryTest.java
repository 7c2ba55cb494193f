package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.Drive.answer;
import static dev.caravan.connector.salesforce.Drive.lost;
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
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobRecoveryTest {

    @Test
    void nothingLostBeforeTheCloseHasTouchedARow() {
        Map<List<Reply>, String> scripts = new LinkedHashMap<>();
        scripts.put(List.of(lost()), "job_create");
        scripts.put(List.of(answer(500, "")), "job_create");
        scripts.put(List.of(answer(200, "{}")), "job_create");
        scripts.put(List.of(answer(429, "")), "busy");
        scripts.put(List.of(new Reply.NotSent("stopped", "", Optional.empty(), 0)), "stopped");
        scripts.put(List.of(CREATED, lost(), state("Aborted", "")), "job_upload");
        scripts.put(List.of(CREATED, answer(400, refusal("InvalidJobState", "x")), lost()), "job_upload");
        scripts.put(List.of(CREATED, UPLOADED, answer(401, ""), lost()), "auth");
        scripts.put(
                List.of(
                        CREATED,
                        UPLOADED,
                        lost(),
                        state("Open", ""),
                        state("Aborted", ""),
                        state("Aborted", counts(0, 0))),
                "job_aborted");

        scripts.forEach((replies, reason) -> {
            Drive drive = Drive.script(replies.toArray(Reply[]::new));
            assertThat(drive.run(SALESFORCE.deliver(batch(Action.UPSERT, true, 2))))
                    .as(replies.toString())
                    .containsOnly(new Outcome.Deferred(reason, Optional.empty()));
            assertThat(drive.requests).hasSameSizeAs(replies);
        });
    }

    @Test
    void afterALostCloseTheJobsStateTells() {
        assertThat(Drive.script(
                                CREATED,
                                UPLOADED,
                                lost(),
                                state("InProgress", ""),
                                done(1, 0),
                                successes(good(0, true)))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 1))))
                .containsExactly(new Outcome.Accepted(id(0), true));
        // The close lands between our look and our abort: what ran is what the files say.
        assertThat(Drive.script(
                                CREATED,
                                UPLOADED,
                                lost(),
                                state("Open", ""),
                                state("Aborted", ""),
                                state("Aborted", counts(1, 0)),
                                successes(good(0, true)),
                                failures(),
                                untouched("\"k1\",\"Name 1\""))
                        .run(SALESFORCE.deliver(batch(Action.UPSERT, true, 2))))
                .containsExactly(
                        new Outcome.Accepted(id(0), true), new Outcome.Deferred("unprocessed", Optional.empty()));
    }

    @Test
    void pollsAndResultsAreAskedForAgainButNotForEver() {
        List<Reply> replies = new ArrayList<>(List.of(CREATED, UPLOADED, CLOSED, lost(), answer(503, ""), done(1, 0)));
        replies.addAll(List.of(
                lost(), answer(200, "\"sf__Id\",\"sf__Created\",\"Lead_Id__c\"\n\"00"), successes(good(0, true))));
        assertThat(Drive.script(replies.toArray(Reply[]::new)).run(SALESFORCE.deliver(batch(Action.UPSERT, true, 1))))
                .containsExactly(new Outcome.Accepted(id(0), true));

        Drive deaf = new Drive(request -> switch (request.method()) {
            case POST -> CREATED;
            case PUT -> UPLOADED;
            case PATCH -> CLOSED;
            case GET, DELETE -> lost();
        });
        assertThat(deaf.toTheEnd(SALESFORCE.deliver(batch(Action.UPSERT, true, 1))))
                .isEqualTo(new Conversation.LeaveOpen<>("job_state"));
        assertThat(deaf.requests).hasSizeLessThan(20);

        Drive slow = new Drive(request -> switch (request.method()) {
            case POST -> CREATED;
            case PUT -> UPLOADED;
            case PATCH -> CLOSED;
            case GET, DELETE -> state("InProgress", "");
        });
        assertThat(slow.toTheEnd(SALESFORCE.deliver(batch(Action.UPSERT, true, 1))))
                .isEqualTo(new Conversation.LeaveOpen<>("job_going_on"));
        assertThat(slow.requests).hasSizeBetween(500, 1500);
        assertThat(slow.toTheEnd(SALESFORCE.resume(batch(Action.UPSERT, true, 1), JOB)))
                .as("asked again, it still goes on")
                .isEqualTo(new Conversation.LeaveOpen<>("job_going_on"));
    }

    @Test
    void resultsThatNobodyCanReadMakeRowsUnknown() {
        Drive drive = new Drive(request -> switch (request.method()) {
            case POST -> CREATED;
            case PUT -> UPLOADED;
            case PATCH -> CLOSED;
            case GET, DELETE -> request.path().endsWith(JOB) ? done(2, 1) : answer(500, "");
        });
        assertThat(drive.run(SALESFORCE.deliver(batch(Action.UPSERT, true, 2))))
                .containsOnly(new Outcome.Unknown("no_result"));
    }

    @Test
    void aJobIsTakenUpAgainByWhereItStands() {
        Map<List<Reply>, Outcome> scripts = new LinkedHashMap<>();
        scripts.put(
                List.of(state("Open", ""), state("Aborted", ""), state("Aborted", counts(0, 0))),
                new Outcome.Deferred("job_aborted", Optional.empty()));
        scripts.put(
                List.of(state("Open", ""), lost(), state("UploadComplete", ""), done(1, 0), successes(good(0, true))),
                new Outcome.Accepted(id(0), true));
        scripts.put(
                List.of(state("InProgress", ""), done(1, 0), successes(good(0, true))),
                new Outcome.Accepted(id(0), true));
        scripts.put(List.of(done(1, 0), successes(good(0, false))), new Outcome.Accepted(id(0), false));
        scripts.put(List.of(answer(404, refusal("NOTFOUND", "gone"))), new Outcome.Unknown("job_gone"));
        scripts.put(List.of(state("Aborted", counts(0, 0))), new Outcome.Deferred("job_aborted", Optional.empty()));

        scripts.forEach((replies, outcome) -> {
            Drive drive = Drive.script(replies.toArray(Reply[]::new));
            assertThat(drive.run(SALESFORCE.resume(batch(Action.UPSERT, true, 1), JOB)))
                    .as(replies.toString())
                    .containsExactly(outcome);
            assertThat(drive.requests).hasSameSizeAs(replies);
        });
        assertThat(Drive.script().run(SALESFORCE.resume(batch(Action.UPSERT, true, 1), "no such")))
                .containsExactly(new Outcome.Unknown("job_id"));
    }

    @Test
    void aBatchTooLargeForOneUploadTakesSeveralJobsAndComesBackToEach() {
        SalesforceDestination small = new SalesforceDestination(
                "66.0",
                "caravan",
                new SalesforceLimits(200, 50_000, 2_000, 100, SalesforceLimits.DEFAULT.requestTimeout()));
        String other = "7505g00000AbCdFAAX";
        Drive drive = Drive.script(
                CREATED,
                UPLOADED,
                CLOSED,
                done(2, 0),
                successes(good(0, true), good(1, true)),
                lost(),
                answer(200, "{\"id\":\"" + other + "\",\"state\":\"Open\"}"),
                UPLOADED,
                CLOSED,
                done(1, 0),
                successes(good(4, true)));

        List<Outcome> outcomes = drive.run(small.deliver(batch(Action.UPSERT, true, 5)));

        assertThat(drive.remembered).containsExactly(JOB + ":0-1", JOB + ":0-1,:2-3," + other + ":4");
        assertThat(outcomes)
                .containsExactly(
                        new Outcome.Accepted(id(0), true),
                        new Outcome.Accepted(id(1), true),
                        new Outcome.Deferred("job_create", Optional.empty()),
                        new Outcome.Deferred("job_create", Optional.empty()),
                        new Outcome.Accepted(id(4), true));

        Drive again =
                Drive.script(done(2, 0), successes(good(0, true), good(1, true)), done(1, 0), successes(good(4, true)));
        assertThat(again.run(small.resume(batch(Action.UPSERT, true, 5), drive.remembered.getLast())))
                .containsExactly(
                        new Outcome.Accepted(id(0), true),
                        new Outcome.Accepted(id(1), true),
                        new Outcome.Deferred("job_never_made", Optional.empty()),
                        new Outcome.Deferred("job_never_made", Optional.empty()),
                        new Outcome.Accepted(id(4), true));
    }
}
