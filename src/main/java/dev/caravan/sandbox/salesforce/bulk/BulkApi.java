package dev.caravan.sandbox.salesforce.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import dev.caravan.sandbox.salesforce.Authors;
import dev.caravan.sandbox.salesforce.DuplicateRules;
import dev.caravan.sandbox.salesforce.Errors;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.vendor.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The requests of bulk ingest: create, upload, close, abort, poll, results, delete, list. */
public final class BulkApi {

    /** 150 MB is the limit after Base64, which adds a third. */
    private static final int MOST_BYTES = 150 * 1024 * 1024 / 4 * 3;

    private final Schemas schemas;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Settings settings;

    public BulkApi(Schemas schemas, Jobs jobs, InstantSource clock, Settings settings) {
        this.settings = settings;
        this.schemas = schemas;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Adds the paths below {@code data}, the templated root of the API. */
    public void route(Router router, String data) {
        String all = data + "/jobs/ingest";
        String one = all + "/{job}";
        router.add("POST", all, "bulk.create", Kind.JOB, this::create)
                .add("GET", all, "bulk.list", Kind.READ, this::list)
                .add("GET", one, "bulk.poll", Kind.READ, (request, captured) -> with(captured, this::poll))
                .add(
                        "PATCH",
                        one,
                        "bulk.state",
                        Kind.JOB,
                        (request, captured) -> with(captured, job -> change(request, job)))
                .add("DELETE", one, "bulk.delete", Kind.JOB, (request, captured) -> with(captured, this::delete))
                .add(
                        "PUT",
                        one + "/batches",
                        "bulk.upload",
                        Kind.JOB,
                        (request, captured) -> with(captured, job -> upload(request, job)))
                .add("GET", one + "/successfulResults", "bulk.results", Kind.READ, results(Job::successfulResults))
                .add("GET", one + "/failedResults", "bulk.results", Kind.READ, results(Job::failedResults))
                .add("GET", one + "/unprocessedrecords", "bulk.results", Kind.READ, results(Job::unprocessedRecords));
    }

    private Reply create(Request request, Map<String, String> captured) {
        if (!(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body))) {
            return Errors.badJson("The request body is not JSON");
        }
        return switch (JobSpec.read(body, schemas)) {
            case JobSpec.Reading.Unusable unusable -> Errors.reply(400, "INVALIDJOB", unusable.message());
            case JobSpec.Reading.Usable usable -> {
                String version = captured.getOrDefault("v", "v60.0");
                boolean duplicateRules = DuplicateRules.concern(request, settings);
                Job job = jobs.create(usable.spec(), version, Authors.of(request), request.at(), duplicateRules);
                yield Reply.json(200, job.brief());
            }
        };
    }

    private Reply list(Request request, Map<String, String> captured) {
        ObjectNode json = Json.object().put("done", true);
        ArrayNode records = json.putArray("records");
        jobs.all().forEach(job -> records.add(job.brief().put("jobType", "V2Ingest")));
        return Reply.json(200, json.putNull("nextRecordsUrl"));
    }

    private Reply poll(Job job) {
        return Reply.json(200, job.full());
    }

    private Reply upload(Request request, Job job) {
        if (!request.header("content-type").orElse("").startsWith("text/csv")) {
            return Errors.reply(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be text/csv");
        }
        if (request.body().length > MOST_BYTES) {
            return Errors.reply(413, "REQUEST_ENTITY_TOO_LARGE", "The content is over 150 MB after Base64");
        }
        return job.upload(request.body())
                ? Reply.empty(201)
                : state("Found multiple contents for job: <" + job.id()
                        + ">, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure"
                        + " you only do 'PUT' once on a given Job.");
    }

    private Reply change(Request request, Job job) {
        JsonNode body = Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode node) ? node : Json.object();
        return switch (body.path("state").asText("")) {
            case "UploadComplete" -> close(job);
            case "Aborted" -> abort(job);
            default -> Errors.reply(400, "INVALIDJOB", "InvalidJob : state must be UploadComplete or Aborted");
        };
    }

    private Reply close(Job job) {
        if (!job.move(JobState.OPEN, JobState.UPLOAD_COMPLETE, clock.instant())) {
            return state("Closing a job is not allowed in state " + job.state().word());
        }
        ObjectNode answer = job.brief();
        jobs.run(job);
        return Reply.json(200, answer);
    }

    private Reply abort(Job job) {
        for (JobState from : List.of(JobState.OPEN, JobState.UPLOAD_COMPLETE, JobState.IN_PROGRESS)) {
            if (job.move(from, JobState.ABORTED, clock.instant())) {
                return Reply.json(200, job.brief());
            }
        }
        return state("Aborting a job is not allowed in state " + job.state().word());
    }

    private Reply delete(Job job) {
        boolean may = job.state().over() || job.state() == JobState.UPLOAD_COMPLETE;
        if (!may) {
            return state("Deleting a job is not allowed in state " + job.state().word());
        }
        jobs.delete(job);
        return Reply.empty(204);
    }

    private Router.Handler results(Function<Job, byte[]> file) {
        return (request, captured) -> with(captured, job -> {
            if (!job.state().over()) {
                return state("Results are not available in state " + job.state().word());
            }
            return Reply.of(200, "text/csv;charset=UTF-8", file.apply(job));
        });
    }

    private Reply with(Map<String, String> captured, Function<Job, Reply> then) {
        Optional<Job> job = jobs.find(captured.getOrDefault("job", ""));
        return job.map(then).orElseGet(Errors::notFound);
    }

    private static Reply state(String message) {
        return Errors.reply(400, "INVALIDJOBSTATE", message);
    }
}
