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
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
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

    private static final String BETWEEN_IDS = ",";

    /** Stands for a part that has no job. */
    private static final String NO_JOB = "-";

    private final Api api;
    private final Batch batch;
    private final JobCsv csv;
    private final JobWatch watch;
    private final List<List<Integer>> parts;

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
        this.parts = JobParts.of(batch, csv, mostBytes);
    }

    /** Sends the items and ends with an outcome for each. Updates and deletions need their ids. */
    public Conversation<Map<Integer, Outcome>> deliver(List<Item> items) {
        return from(0, List.of(), items, Map.of());
    }

    /** Takes up what {@link #deliver} left, by what it remembered: its ids, joined. Parts without an id never ran. */
    public Conversation<Map<Integer, Outcome>> resume(List<Item> items, String remembered) {
        return resume(0, List.of(remembered.split(BETWEEN_IDS, -1)), items, Map.of());
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
            int part, List<String> ids, List<Item> items, Map<Integer, Outcome> sofar) {
        if (part == parts.size()) {
            return new Conversation.Done<>(sofar);
        }
        List<Item> mine = itemsOf(part, items);
        if (mine.isEmpty()) {
            return from(part + 1, with(ids, NO_JOB), items, sofar);
        }
        return new Conversation.Send<>(api.createJob(definition()), reply -> {
            Optional<String> id = createdId(reply);
            if (id.isEmpty()) {
                // A job that was made all the same stays open, and an open job never runs.
                Outcome outcome = RequestVerdict.untouched(reply, "job_create");
                return from(part + 1, with(ids, NO_JOB), items, Item.merge(sofar, Item.all(mine, outcome)));
            }
            StagedJob job = new StagedJob(id.get(), csv, mine);
            List<String> all = with(ids, id.get());
            return new Conversation.Remember<>(
                    String.join(BETWEEN_IDS, all),
                    () -> Talk.then(upload(job), done -> from(part + 1, all, items, Item.merge(sofar, done))));
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

    private Conversation<Map<Integer, Outcome>> resume(
            int part, List<String> ids, List<Item> items, Map<Integer, Outcome> sofar) {
        if (part == parts.size()) {
            return new Conversation.Done<>(sofar);
        }
        List<Item> mine = itemsOf(part, items);
        if (part >= ids.size() || ids.get(part).equals(NO_JOB)) {
            Outcome never = new Outcome.Deferred("job_never_made", Optional.empty());
            return resume(part + 1, ids, items, Item.merge(sofar, Item.all(mine, never)));
        }
        if (!Api.isId(ids.get(part))) {
            Outcome lost = new Outcome.Unknown("job_id");
            return resume(part + 1, ids, items, Item.merge(sofar, Item.all(mine, lost)));
        }
        return Talk.then(
                watch.inspect(new StagedJob(ids.get(part), csv, mine)),
                done -> resume(part + 1, ids, items, Item.merge(sofar, done)));
    }

    private static List<String> with(List<String> ids, String id) {
        List<String> more = new ArrayList<>(ids);
        more.add(id);
        return List.copyOf(more);
    }

    private List<Item> itemsOf(int part, List<Item> items) {
        Map<Integer, Item> byPlace = items.stream().collect(Collectors.toMap(Item::index, item -> item));
        return parts.get(part).stream()
                .flatMap(place -> Optional.ofNullable(byPlace.get(place)).stream())
                .toList();
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
