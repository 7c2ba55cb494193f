package dev.caravan.connector.salesforce.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.Api;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.RequestVerdict;
import dev.caravan.connector.salesforce.wire.Talk;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.job.RememberedJobs;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Delivers rows by jobs, idempotency class D: create, remember the id, upload, close, poll, join the results. Until its close
 * a job does not run, so whatever is lost before it leaves the rows untouched; from the close on only the job itself knows.
 */
public final class JobDelivery {

    private final Api api;
    private final Batch batch;
    private final JobCsv csv;
    private final JobWatch watch;
    private final int mostBytes;

    /**
     * Delivers rows of this batch.
     *
     * @param mostBytes of one upload; a batch that needs more takes several jobs
     */
    public JobDelivery(Api api, Batch batch, int mostBytes) {
        this.api = api;
        this.batch = batch;
        this.csv = JobCsv.of(batch);
        this.watch = new JobWatch(api);
        this.mostBytes = mostBytes;
    }

    /** Sends the items and ends with an outcome for each. Updates and deletions need their ids. */
    public Conversation<Map<Integer, Outcome>> deliver(List<Item> items) {
        Map<Integer, Item> byPlace = items.stream().collect(Collectors.toMap(Item::index, item -> item));
        List<List<Item>> parts = JobParts.of(batch, csv, mostBytes).stream()
                .map(places -> places.stream()
                        .flatMap(place -> Optional.ofNullable(byPlace.get(place)).stream())
                        .toList())
                .filter(part -> !part.isEmpty())
                .toList();
        return from(0, parts, RememberedJobs.NOTHING, Map.of());
    }

    /** Takes up what {@link #deliver} left. Parts without an id never ran. */
    public Conversation<Map<Integer, Outcome>> resume(List<Item> items, RememberedJobs jobs) {
        return new TakenUp(watch, csv, items).by(jobs);
    }

    /** The refusal of a row that cannot travel in a job; empty if it can. */
    public Optional<Outcome> unsendable(Item item) {
        Map<String, Value> values = new LinkedHashMap<>(item.write().fields());
        values.put(batch.keyField(), item.write().targetKey());
        for (Map.Entry<String, Value> value : values.entrySet()) {
            Optional<String> why = csv.unsendable(value.getKey(), value.getValue());
            if (why.isPresent()) {
                return Optional.of(
                        new Outcome.Rejected("caravan.unsendable", value.getKey(), why.get(), ErrorClass.DATA));
            }
        }
        return Optional.empty();
    }

    private Conversation<Map<Integer, Outcome>> from(
            int part, List<List<Item>> parts, RememberedJobs before, Map<Integer, Outcome> sofar) {
        if (part == parts.size()) {
            return new Conversation.Done<>(sofar);
        }
        List<Item> mine = parts.get(part);
        return new Conversation.Send<>(api.createJob(definition()), reply -> {
            Optional<String> id = createdId(reply);
            RememberedJobs jobs = before.with(id, false, places(mine));
            if (id.isEmpty()) {
                // A job that was made all the same stays open, and an open job never runs.
                Outcome outcome = RequestVerdict.untouched(reply, "job_create");
                return from(part + 1, parts, jobs, Item.merge(sofar, Item.all(mine, outcome)));
            }
            StagedJob job = new StagedJob(id.get(), csv, mine);
            return new Conversation.Remember<>(
                    jobs.text(),
                    () -> Talk.then(upload(job), done -> from(part + 1, parts, jobs, Item.merge(sofar, done))));
        });
    }

    private Conversation<Map<Integer, Outcome>> upload(StagedJob job) {
        return new Conversation.Send<>(
                api.upload(job.id(), csv.render(job.items())),
                reply -> reply instanceof HttpAnswer answer && answer.ok()
                        ? close(job)
                        : watch.abandon(job, RequestVerdict.untouched(reply, "job_upload")));
    }

    private Conversation<Map<Integer, Outcome>> close(StagedJob job) {
        return new Conversation.Send<>(api.closeJob(job.id()), reply -> {
            if (reply instanceof HttpAnswer answer && answer.ok()) {
                return watch.follow(job);
            }
            return switch (RequestVerdict.of(reply)) {
                case RequestVerdict.NotApplied notApplied -> watch.abandon(job, notApplied.deferred());
                case RequestVerdict.Refused refused -> watch.inspect(job);
                case RequestVerdict.Unclear unclear -> watch.inspect(job);
            };
        });
    }

    /** In the order of the batch, which makes few ranges of them. */
    private static List<Integer> places(List<Item> items) {
        return items.stream().map(Item::index).sorted().toList();
    }

    private static Optional<String> createdId(Reply reply) {
        if (!(reply instanceof HttpAnswer answer) || !answer.ok()) {
            return Optional.empty();
        }
        Optional<JsonNode> job = JsonBody.read(answer.body());
        return job.map(node -> node.path("id").asText("")).filter(Api::isId);
    }

    private Body definition() {
        return JsonBody.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", batch.object());
            json.writeStringField("operation", operation(batch.action()));
            if (batch.action() == Action.UPSERT) {
                json.writeStringField("externalIdFieldName", batch.keyField());
            }
            json.writeStringField("contentType", "CSV");
            json.writeStringField("columnDelimiter", "COMMA");
            json.writeStringField("lineEnding", "LF");
            json.writeEndObject();
        });
    }

    private static String operation(Action action) {
        return switch (action) {
            case UPSERT -> "upsert";
            case INSERT -> "insert";
            case UPDATE -> "update";
            case DELETE -> "delete";
            case ARCHIVE, ADD, REMOVE, APPEND -> throw Api.impossible(action);
        };
    }
}
