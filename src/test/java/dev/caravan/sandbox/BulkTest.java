package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.spec.Quirks;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkTest extends SandboxTests {

    private static final String JOBS = Client.API + "/jobs/ingest";

    @Override
    SandboxSpec spec() {
        return SPEC.withQuirks(new Quirks(true, true, Duration.ofMillis(1), 1_000));
    }

    private JsonNode create(String more) throws Exception {
        Client.Answer answer = client.post(
                JOBS,
                q("{'object':'Lead','operation':'upsert','externalIdFieldName':'Lead_Id__c','contentType':'CSV'" + more
                        + "}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void upload(JsonNode job, String csv) throws Exception {
        String url = "/" + job.path("contentUrl").asText();
        Client.Answer answer = client.exchange("PUT", url, csv, "Content-Type", "text/csv");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEmpty();
    }

    private JsonNode close(JsonNode job) throws Exception {
        Client.Answer answer = client.patch(JOBS + "/" + id(job), q("{'state':'UploadComplete'}"));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode await(JsonNode job) throws Exception {
        JsonNode now = client.get(JOBS + "/" + id(job)).json();
        while (!List.of("JobComplete", "Failed", "Aborted")
                .contains(now.path("state").asText())) {
            now = client.get(JOBS + "/" + id(job)).json();
        }
        return now;
    }

    private JsonNode run(String more, String csv) throws Exception {
        JsonNode job = create(more);
        upload(job, csv);
        close(job);
        return await(job);
    }

    private String results(JsonNode job, String file) throws Exception {
        return client.get(JOBS + "/" + id(job) + "/" + file).text();
    }

    private static String id(JsonNode job) {
        return job.path("id").asText();
    }

    @Test
    void aJobFromCreateToResults() throws Exception {
        JsonNode job = create("");
        assertThat(id(job)).startsWith("750").hasSize(18);
        assertThat(job.path("state").asText()).isEqualTo("Open");
        assertThat(job.path("apiVersion").asDouble()).isEqualTo(60.0);
        assertThat(job.path("concurrencyMode").asText()).isEqualTo("Parallel");
        assertThat(job.has("jobType")).isFalse();
        upload(
                job,
                "Lead_Id__c,LastName,Company,Lead_Score__c\nL1,Smith,Acme,0.5\nL2,,Acme,1\nL3,Jones,\"A \"\"B\"\"\",x\n");
        JsonNode closed = close(job);
        assertThat(closed.path("state").asText()).isEqualTo("UploadComplete");
        assertThat(closed.has("numberRecordsProcessed")).isFalse();
        JsonNode done = await(job);

        assertThat(done.path("state").asText()).isEqualTo("JobComplete");
        assertThat(done.path("jobType").asText()).isEqualTo("V2Ingest");
        assertThat(done.path("numberRecordsProcessed").asInt()).isEqualTo(3);
        assertThat(done.path("numberRecordsFailed").asInt()).isEqualTo(2);
        String leadId = leadRecord("L1").path("Id").asText();
        assertThat(results(job, "successfulResults/"))
                .isEqualTo("\"sf__Id\",\"sf__Created\",\"Lead_Id__c\",\"LastName\",\"Company\",\"Lead_Score__c\"\n\""
                        + leadId + "\",\"true\",\"L1\",\"Smith\",\"Acme\",\"0.5\"\n");
        assertThat(results(job, "failedResults"))
                .startsWith("\"sf__Id\",\"sf__Error\",\"Lead_Id__c\"")
                .contains("\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --\",\"L2\"")
                .contains("INVALID_FIELD:Failed to deserialize field at col 3. Due to, 'x' is not a valid value for the"
                        + " type xsd:double:Lead_Score__c --")
                .contains("\"A \"\"B\"\"\"");
        assertThat(results(job, "unprocessedrecords/"))
                .isEqualTo("\"Lead_Id__c\",\"LastName\",\"Company\",\"Lead_Score__c\"\n");
        assertThat(sandbox.writes().getFirst().author().job()).isEqualTo(id(job));
    }

    @Test
    void anEmptyCellIsIgnoredAndNaIsNull() throws Exception {
        upsertLead("L1", q(",'Title':'Boss','City':'Ulm'"));
        run("", "Lead_Id__c,Title,City\nL1,,#N/A\n");
        assertThat(leadRecord("L1").path("Title").asText()).isEqualTo("Boss");
        assertThat(leadRecord("L1").has("City")).isFalse();
    }

    @Test
    void anUnknownColumnFailsTheWholeJobAndLeavesAllRowsUnprocessed() throws Exception {
        String csv = "Lead_Id__c,Nope__c\nL1,1\n";
        JsonNode job = run("", csv);
        assertThat(job.path("state").asText()).isEqualTo("Failed");
        assertThat(job.path("errorMessage").asText()).isEqualTo("InvalidBatch : Field name not found : Nope__c");
        assertThat(job.path("numberRecordsProcessed").asInt()).isZero();
        assertThat(job.path("numberRecordsFailed").asInt()).isZero();
        assertThat(results(job, "unprocessedrecords")).isEqualTo(csv);
        assertThat(sandbox.records("Lead")).isEmpty();
    }

    @Test
    void resultsAreCompleteButNotInOrder() throws Exception {
        List<String> keys = IntStream.range(0, 2_500).mapToObj(i -> "L" + i).toList();
        String csv = keys.stream().map(key -> key + ",Smith,Acme\n").collect(Collectors.joining());
        JsonNode job = run("", "Lead_Id__c,LastName,Company\n" + csv);
        List<String> seen = results(job, "successfulResults")
                .lines()
                .skip(1)
                .map(line -> line.split("\",\"", -1)[2])
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(keys).isNotEqualTo(keys);
        assertThat(seen.subList(0, 1_000))
                .as("batches come one after the other")
                .doesNotContain("L1000");
    }

    @Test
    void lineEndingAndDelimiterMustBeAsDeclared() throws Exception {
        JsonNode wrong = run("", "Lead_Id__c,LastName,Company\r\nL1,S,A\r\n");
        assertThat(wrong.path("state").asText()).isEqualTo("Failed");
        assertThat(wrong.path("errorMessage").asText()).contains("LineEnding is invalid on user data");
        JsonNode right = run(
                ",\"lineEnding\":\"CRLF\",\"columnDelimiter\":\"TAB\"",
                "Lead_Id__c\tLastName\tCompany\r\nL1\tS\tA\r\n");
        assertThat(right.path("numberRecordsFailed").asInt()).isZero();
        assertThat(results(right, "successfulResults"))
                .startsWith("\"sf__Id\"\t\"sf__Created\"\t\"Lead_Id__c\"")
                .endsWith("\r\n");
        JsonNode blank = run("", "Lead_Id__c,LastName,Company\n\"L2\", \"S\",A\n");
        assertThat(blank.path("state").asText()).isEqualTo("Failed");
    }

    @Test
    void contentIsTakenOnceAndOnlyWhileOpen() throws Exception {
        JsonNode job = create("");
        upload(job, "Lead_Id__c\n");
        String url = "/" + job.path("contentUrl").asText();
        assertThat(client.exchange("PUT", url, "x", "Content-Type", "text/csv").code())
                .isEqualTo("INVALIDJOBSTATE");
        assertThat(client.exchange("PUT", url, "x", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(client.get(JOBS + "/" + id(job) + "/failedResults").code()).isEqualTo("INVALIDJOBSTATE");
        assertThat(client.exchange("DELETE", JOBS + "/" + id(job), "").code()).isEqualTo("INVALIDJOBSTATE");
        assertThat(client.patch(JOBS + "/" + id(job), q("{'state':'Aborted'}"))
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("Aborted");
        assertThat(client.patch(JOBS + "/" + id(job), q("{'state':'UploadComplete'}"))
                        .code())
                .isEqualTo("INVALIDJOBSTATE");
        assertThat(client.exchange("DELETE", JOBS + "/" + id(job), "").status()).isEqualTo(204);
        assertThat(client.get(JOBS + "/" + id(job)).status()).isEqualTo(404);
    }

    @Test
    void jobsThatCannotBeAreRefusedAtCreation() throws Exception {
        assertThat(client.post(JOBS, q("{'object':'Nope','operation':'insert'}"))
                        .code())
                .isEqualTo("INVALIDJOB");
        assertThat(client.post(JOBS, q("{'object':'Lead','operation':'upsert'}"))
                        .code())
                .isEqualTo("INVALIDJOB");
        assertThat(client.post(JOBS, q("{'object':'Lead','operation':'upsert','externalIdFieldName':'City'}"))
                        .code())
                .isEqualTo("INVALIDJOB");
        assertThat(client.post(JOBS, q("{'object':'Lead','operation':'merge'}")).code())
                .isEqualTo("INVALIDJOB");
        assertThat(client.get(JOBS).json().path("records").isEmpty()).isTrue();
    }

    @Test
    void deleteByIdAndUpdateById() throws Exception {
        String id = upsertLead("L1", "").path("id").asText();
        String csv = "Id,Title\n" + id + ",Boss\n00QSb0000000zzz,Boss\n";
        JsonNode update =
                client.post(JOBS, q("{'object':'Lead','operation':'update'}")).json();
        upload(update, csv);
        close(update);
        assertThat(await(update).path("numberRecordsFailed").asInt()).isEqualTo(1);
        assertThat(results(update, "failedResults"))
                .contains("INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--");
        JsonNode delete =
                client.post(JOBS, q("{'object':'Lead','operation':'delete'}")).json();
        upload(delete, "Id\n" + id + "\n");
        close(delete);
        await(delete);
        assertThat(sandbox.records("Lead")).isEmpty();
        assertThat(client.get(JOBS + "?jobType=V2Ingest").json().path("records").size())
                .isEqualTo(2);
    }

    @Test
    void aJobThatFailsOnTheWayKeepsWhatItDid() throws Exception {
        fault(
                "{'action':'fail_job','after':1,'after_rows':300,'message':'TooManyLockFailure : Too many lock failure'}");
        String csv = IntStream.range(0, 2_500).mapToObj(i -> "L" + i + ",S,A\n").collect(Collectors.joining());
        JsonNode job = run("", "Lead_Id__c,LastName,Company\n" + csv);
        assertThat(job.path("state").asText()).isEqualTo("Failed");
        assertThat(job.path("numberRecordsProcessed").asInt()).isEqualTo(1_300);
        assertThat(results(job, "successfulResults").lines().count()).isEqualTo(1_301);
        assertThat(results(job, "unprocessedrecords").lines().count()).isEqualTo(1_201);
        assertThat(sandbox.records("Lead")).hasSize(1_300);
    }

    @Test
    void lockedRowsAreFailedRows() throws Exception {
        fault("{'action':'lock','method':'PROCESS','every':2}");
        JsonNode job = run("", "Lead_Id__c,LastName,Company\nL1,S,A\nL2,S,A\nL3,S,A\n");
        assertThat(job.path("state").asText()).isEqualTo("JobComplete");
        assertThat(job.path("numberRecordsFailed").asInt()).isEqualTo(2);
        assertThat(results(job, "failedResults")).contains("UNABLE_TO_LOCK_ROW:");
    }
}
