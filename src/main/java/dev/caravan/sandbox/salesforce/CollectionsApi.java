package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.salesforce.dml.Batch;
import dev.caravan.sandbox.salesforce.dml.Batch.Operation;
import dev.caravan.sandbox.salesforce.dml.Dml;
import dev.caravan.sandbox.salesforce.dml.Draft;
import dev.caravan.sandbox.salesforce.dml.JsonRows;
import dev.caravan.sandbox.salesforce.dml.ParentLocks;
import dev.caravan.sandbox.salesforce.dml.RowError;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.Store;
import dev.caravan.sandbox.vendor.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * sObject Collections: up to 200 records a request, results in the order of the request. Insert, update and delete are
 * recorded; upsert, and what a record that cannot be read does to the others, rest on documentation.
 */
final class CollectionsApi {

    private static final int MOST = 200;

    private final Schemas schemas;
    private final Store store;
    private final Dml dml;
    private final JsonRows reader;
    private final boolean badRecordFailsRequest;
    private final Settings settings;
    private final ParentLocks locks;

    CollectionsApi(Schemas schemas, Store store, boolean badRecordFailsRequest, Settings settings, ParentLocks locks) {
        this.locks = locks;
        this.settings = settings;
        this.schemas = schemas;
        this.store = store;
        this.dml = new Dml(schemas);
        this.reader = new JsonRows(schemas);
        this.badRecordFailsRequest = badRecordFailsRequest;
    }

    Reply insert(Request request, Map<String, String> captured) {
        return write(request, batch(request, Operation.INSERT), Optional.empty());
    }

    Reply update(Request request, Map<String, String> captured) {
        return write(request, batch(request, Operation.UPDATE), Optional.empty());
    }

    Reply upsert(Request request, Map<String, String> captured) {
        Optional<SObject> object = schemas.find(captured.getOrDefault("object", ""));
        Optional<Field> key = object.flatMap(it -> it.field(captured.getOrDefault("field", "")))
                .filter(Field::key);
        if (key.isEmpty()) {
            return Errors.notFound();
        }
        return write(request, batch(request, Operation.UPSERT).by(key.get()), object);
    }

    Reply delete(Request request, Map<String, String> captured) {
        String[] ids = request.query("ids").orElse("").split(",", -1);
        if (ids.length > MOST) {
            return tooMany();
        }
        List<Draft> drafts = new ArrayList<>();
        for (String id : ids) {
            Optional<SObject> object = schemas.all().stream()
                    .filter(it -> id.strip().startsWith(it.prefix()))
                    .findFirst();
            drafts.add(object.<Draft>map(it -> new Draft.Values(it, id.strip(), Map.of(), List.of()))
                    .orElseGet(
                            () -> new Draft.Broken(new RowError("MALFORMED_ID", "malformed id " + id, List.of("Id")))));
        }
        boolean allOrNone =
                request.query("allOrNone").map(Boolean::parseBoolean).orElse(false);
        return apply(batch(request, Operation.DELETE).allOrNone(allOrNone), drafts);
    }

    private Reply write(Request request, Batch batch, Optional<SObject> only) {
        return switch (Json.parse(request.body())) {
            case Json.Parsed.Broken broken -> Errors.badJson(broken.message());
            case Json.Parsed.Tree tree -> write(tree.node(), batch, only);
        };
    }

    private Reply write(JsonNode body, Batch batch, Optional<SObject> only) {
        JsonNode records = body.path("records");
        if (!records.isArray() || records.isEmpty()) {
            return Errors.reply(400, "REQUIRED_FIELD_MISSING", "At least 1 record is required");
        }
        if (records.size() > MOST) {
            return tooMany();
        }
        List<Draft> drafts = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            String type = record.path("attributes").path("type").asText("");
            Optional<SObject> object = schemas.find(type);
            if (object.isEmpty()
                    || only.filter(it -> !it.name().equals(object.get().name())).isPresent()) {
                return Errors.reply(400, "INVALID_TYPE", "sObject type '" + type + "' is not supported.");
            }
            if (hasForbiddenId(record, batch)) {
                return Errors.reply(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
            }
            Draft draft = reader.read(object.get(), record);
            if (draft instanceof Draft.Broken(RowError error) && badRecordFailsRequest) {
                return Errors.reply(400, error.code(), error.message());
            }
            drafts.add(draft);
        }
        return apply(batch.allOrNone(body.path("allOrNone").asBoolean(false)), drafts);
    }

    private Reply apply(Batch batch, List<Draft> drafts) {
        List<RowResult> results =
                locks.during(batch, drafts, late -> store.inTransaction(tx -> dml.apply(tx, batch, drafts, late)));
        ArrayNode json = Json.array();
        results.forEach(result -> json.add(result(result, batch.operation() == Operation.UPSERT)));
        return Reply.json(200, json);
    }

    /** A result as the API writes it: no id on failure, {@code created} on upserts alone. */
    static ObjectNode result(RowResult result, boolean upsert) {
        ObjectNode json = Json.object();
        if (result.success()) {
            json.put("id", result.id());
        }
        json.put("success", result.success());
        ArrayNode errors = json.putArray("errors");
        for (RowError error : result.errors()) {
            ObjectNode told = errors.addObject().put("statusCode", error.code()).put("message", error.message());
            ArrayNode fields = told.putArray("fields");
            error.fields().forEach(fields::add);
            DuplicateRules.tell(told, error);
        }
        if (upsert && (result.success() || result.created())) {
            json.put("created", result.created());
        }
        return json;
    }

    // An upsert by external id may not name the record; one by Id must spell the field as Id.
    private static boolean hasForbiddenId(JsonNode record, Batch batch) {
        Field key = batch.key();
        return key != null && key.slot() > 0 && (record.has("id") || record.has("Id"));
    }

    private Batch batch(Request request, Operation operation) {
        int every = request.effect().orElse(null) instanceof FaultAction.Lock(int n) ? n : 0;
        return Batch.of(operation, Authors.of(request), request.at())
                .locking(every)
                .obeyingDuplicateRules(DuplicateRules.concern(request, settings));
    }

    private static Reply tooMany() {
        return Errors.reply(
                400, "EXCEEDED_ID_LIMIT", "record limit reached. cannot submit more than 200 records into this call");
    }
}
