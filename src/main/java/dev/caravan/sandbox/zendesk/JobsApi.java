package dev.caravan.sandbox.zendesk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.sandbox.vendor.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many users as a job: queued, applied a moment later, and looked up by its id. Thirty may wait. Only the last hundred are kept, and each for
 * an hour; what became of the rows of a forgotten one cannot be asked. Results are in the order of the rows, and name no places.
 */
final class JobsApi {

    private static final int MOST = 100;
    private static final int KEPT = 100;
    private static final int WAITING = 30;
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Ground ground;
    private final Settings settings;
    private final Records users;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private int last;

    JobsApi(Ground ground, Settings settings, Records users) {
        this.ground = ground;
        this.settings = settings.number("job_ms", 200);
        this.users = users;
    }

    private static final class Job {
        private final Request request;
        private final Instant due;
        private final JsonNode sent;
        private final ArrayNode results = Json.array();
        private boolean done;

        Job(Request request, Instant due, JsonNode sent) {
            this.request = request;
            this.due = due;
            this.sent = sent;
        }
    }

    void clear() {
        jobs.clear();
    }

    Reply create(Request request, Map<String, String> captured) {
        JsonNode sent = request.json().path("users");
        if (!sent.isArray() || sent.isEmpty()) {
            return Failures.of(400, "BadRequest", "users is missing");
        }
        if (sent.size() > MOST) {
            return Failures.of(400, "TooManyItems", "Too many users: the limit is " + MOST);
        }
        if (jobs.values().stream().filter(job -> !job.done).count() >= WAITING) {
            return Failures.of(429, "TooManyJobs", "Too many jobs are currently queued or running. Try again later.")
                    .with("Retry-After", "10");
        }
        String id = "%032x".formatted(++last);
        jobs.put(id, new Job(request, ground.now().plusMillis(settings.get("job_ms")), sent));
        if (jobs.size() > KEPT) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        return Reply.json(200, json(request, id, "queued"));
    }

    Reply status(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "").replaceFirst("\\.json$", "");
        Job job = jobs.get(id);
        return job == null
                ? Failures.notFound()
                : Reply.json(200, json(request, id, job.done ? "completed" : "working"));
    }

    /** Applies the jobs whose time has come, and forgets the old ones. */
    void settle() {
        Instant now = ground.now();
        jobs.values().removeIf(job -> job.done && job.due.plus(FORGOTTEN).isBefore(now));
        jobs.values().stream().filter(job -> !job.done && !job.due.isAfter(now)).forEach(this::apply);
    }

    private void apply(Job job) {
        job.done = true;
        for (int i = 0; i < job.sent.size(); i++) {
            Result result =
                    users.store(job.request.number(), Records.base(job.request), job.sent.get(i), Records.Match.ANY);
            ObjectNode json = job.results.addObject();
            switch (result) {
                case Result.Stored stored ->
                    json.put("id", stored.json().path("id").asLong())
                            .put("status", stored.created() ? "Created" : "Updated")
                            .set("email", stored.json().path("email"));
                // What looks like an id is the place in the request.
                case Result.Refused refused ->
                    json.put("id", i)
                            .put("error", "UserUpdateError")
                            .put("details", refused.description())
                            .put("status", "Failed");
            }
        }
    }

    private ObjectNode json(Request request, String id, String status) {
        ObjectNode json = Json.object();
        ObjectNode state = json.putObject("job_status")
                .put("id", id)
                .put("job_type", "Bulk Create Or Update User")
                .put("url", Records.base(request) + "/api/v2/job_statuses/" + id + ".json");
        Job job = jobs.get(id);
        if (job != null && job.done) {
            state.put("total", job.sent.size())
                    .put("progress", job.sent.size())
                    .put("status", status)
                    .put("message", "Completed")
                    .set("results", job.results);
        } else {
            state.putNull("total")
                    .putNull("progress")
                    .put("status", status)
                    .putNull("message")
                    .putNull("results");
        }
        return json;
    }
}
