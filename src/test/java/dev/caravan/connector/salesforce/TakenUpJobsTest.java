package dev.caravan.connector.salesforce;

import static dev.caravan.connector.salesforce.JobScript.done;
import static dev.caravan.connector.salesforce.JobScript.state;
import static dev.caravan.connector.salesforce.Sample.JOB;
import static dev.caravan.connector.salesforce.Sample.id;
import static dev.caravan.connector.salesforce.Sample.tasks;
import static dev.caravan.connector.salesforce.Sample.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Action;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A job that is taken up after a crash has the rows that it was made with, however the batch would be cut then. */
class TakenUpJobsTest {

    private static final String OTHER = "7505g00000AbCdFAAX";

    /** A row a job. */
    private static final SalesforceDestination SMALL = new SalesforceDestination(
            "66.0", "caravan", new SalesforceLimits(200, 50_000, 1, 40, Duration.ofMinutes(2)));

    private static final Outcome WRITTEN = new Outcome.Accepted(id(1), true);
    private static final Outcome NEVER_MADE = new Outcome.Deferred("job_never_made", Optional.empty());
    private static final Outcome NOBODY_KNOWS = new Outcome.Unknown("no_result");

    private static Write task(int i, String account) {
        return write(i, "t-" + i, null, Map.of("Account__c", new Value.Text(account)))
                .locking(account);
    }

    private static List<Outcome> resumed(List<Write> writes, String remembered, Map<String, String> written) {
        return new Drive(jobs(written)).run(SMALL.resume(tasks(Action.INSERT, true, writes), remembered));
    }

    /** Jobs that have ended, each with the row that it has written, if any. */
    private static Function<HttpRequest, Reply> jobs(Map<String, String> written) {
        return request -> {
            String path = request.path();
            String row = written.entrySet().stream()
                    .filter(job -> path.contains(job.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow();
            if (path.contains("successfulResults")) {
                String line = row.isEmpty() ? "" : "\"" + id(1) + "\",\"true\",\"" + row + "\",\"x\"\n";
                return Drive.answer(200, "\"sf__Id\",\"sf__Created\",\"Lead_Id__c\",\"Account__c\"\n" + line);
            }
            if (path.contains("failedResults")) {
                return Drive.answer(200, "\"sf__Id\",\"sf__Error\",\"Lead_Id__c\",\"Account__c\"\n");
            }
            return path.contains("unprocessed")
                    ? Drive.answer(200, "\"Lead_Id__c\",\"Account__c\"\n")
                    : done(row.isEmpty() ? 0 : 1, 0);
        };
    }

    /** What is sent are the ids of accounts; the ledger, of which the batch is made after a crash, has what they were looked up by. */
    @Test
    void rowsWhoseReferencesWereLookedUpAreFoundAgain() {
        Drive drive = new Drive(request -> switch (request.method()) {
            case POST -> JobScript.CREATED;
            case PUT -> JobScript.UPLOADED;
            case PATCH -> JobScript.CLOSED;
            case GET, DELETE -> state("InProgress", "");
        });
        drive.toTheEnd(SMALL.deliver(
                tasks(Action.INSERT, true, List.of(task(0, "001000000000009AAA"), task(1, "001000000000001AAA")))));
        String remembered = drive.remembered.getLast();

        assertThat(remembered).as("what the first job was made with").isEqualTo(JOB + ":1");
        assertThat(resumed(List.of(task(0, "alpha"), task(1, "beta")), remembered, Map.of(JOB, "t-1")))
                .containsExactly(NEVER_MADE, WRITTEN);
    }

    @Test
    void whatCannotBeSentTodayWasSentAllTheSame() {
        Write nameless = write(1, "t-1", null, Map.of("RecordType.DeveloperName", new Value.Text("Gone")));
        assertThat(resumed(List.of(task(0, "a"), nameless), JOB + ":1", Map.of(JOB, "t-1")))
                .containsExactly(NEVER_MADE, WRITTEN);
        assertThat(resumed(List.of(nameless, task(1, "a")), JOB + ":1", Map.of(JOB, "t-1"))
                        .getFirst())
                .as("it was in no job, and cannot be in one")
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void whatAnEarlierVersionRememberedDoesNotTellTheRows() {
        List<Write> writes = List.of(task(0, "zeta"), task(1, "beta"));
        assertThat(resumed(writes, JOB, Map.of(JOB, "t-0")))
                .as("the other one may be in it")
                .containsExactly(WRITTEN, NOBODY_KNOWS);
        assertThat(resumed(writes, JOB + ",-," + OTHER, Map.of(JOB, "t-1", OTHER, "t-0")))
                .containsExactly(WRITTEN, WRITTEN);
        assertThat(resumed(writes, JOB + "," + OTHER, Map.of(JOB, "t-1", OTHER, "")))
                .containsExactly(NOBODY_KNOWS, WRITTEN);
        assertThat(resumed(writes, JOB + ",no such", Map.of(JOB, "t-1")))
                .containsExactly(new Outcome.Unknown("job_id"), WRITTEN);
    }

    @Test
    void aJobOfAnEarlierVersionIsLeftOpenWhileItRuns() {
        Drive runs = new Drive(request -> state("InProgress", ""));
        assertThat(runs.toTheEnd(SMALL.resume(tasks(Action.INSERT, true, List.of(task(0, "a"), task(1, "b"))), JOB)))
                .isEqualTo(new Conversation.LeaveOpen<>("job_going_on"));
        Drive never = new Drive(request -> state("Aborted", JobScript.counts(0, 0)));
        assertThat(never.run(SMALL.resume(tasks(Action.INSERT, true, List.of(task(0, "a"), task(1, "b"))), JOB)))
                .as("no other job was made, and this one never ran")
                .containsOnly(new Outcome.Deferred("job_aborted", Optional.empty()));
    }
}
