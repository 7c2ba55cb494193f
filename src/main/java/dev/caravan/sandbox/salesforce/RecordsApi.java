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
import dev.caravan.sandbox.salesforce.dml.RowError;
import dev.caravan.sandbox.salesforce.dml.RowJson;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Store;
import dev.caravan.sandbox.vendor.Settings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One record at a time, by id or by external id. Insert, read and the 404 are recorded, the answer 300 too; the other answers
 * of an upsert rest on documentation.
 */
final class RecordsApi {

    private final Schemas schemas;
    private final Store store;
    private final Dml dml;
    private final JsonRows reader;
    private final Settings settings;

    RecordsApi(Schemas schemas, Store store, Settings settings) {
        this.settings = settings;
        this.schemas = schemas;
        this.store = store;
        this.dml = new Dml(schemas);
        this.reader = new JsonRows(schemas);
    }

    Reply insert(Request request, Map<String, String> captured) {
        return withObject(
                captured,
                object -> write(request, object, Operation.INSERT, "", Optional.empty(), result -> {
                    String url = "/services/data/" + MetaApi.version(captured) + "/sobjects/" + object.name() + "/";
                    return Reply.json(201, CollectionsApi.result(result, false)).with("Location", url + result.id());
                }));
    }

    Reply update(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        return withObject(
                captured,
                object -> write(request, object, Operation.UPDATE, id, Optional.empty(), result -> Reply.empty(204)));
    }

    Reply delete(Request request, Map<String, String> captured) {
        String id = captured.getOrDefault("id", "");
        return withObject(
                captured,
                object -> apply(
                        request,
                        new Draft.Values(object, id, Map.of(), List.of()),
                        Operation.DELETE,
                        result -> Reply.empty(204)));
    }

    Reply get(Request request, Map<String, String> captured) {
        return withObject(captured, object -> {
            List<Row> rows = find(object, object.get("Id"), captured.getOrDefault("id", ""));
            return rows.isEmpty() ? Errors.notFound() : show(request, captured, object, rows.getFirst());
        });
    }

    Reply getByKey(Request request, Map<String, String> captured) {
        return withKey(captured, (object, key) -> {
            List<Row> rows = find(object, key, captured.getOrDefault("value", ""));
            return switch (rows.size()) {
                case 0 -> Errors.notFound();
                case 1 -> show(request, captured, object, rows.getFirst());
                default -> choices(object, rows, captured);
            };
        });
    }

    Reply deleteByKey(Request request, Map<String, String> captured) {
        return withKey(captured, (object, key) -> {
            List<Row> rows = find(object, key, captured.getOrDefault("value", ""));
            return switch (rows.size()) {
                case 0 -> Errors.notFound();
                case 1 -> {
                    Draft draft = new Draft.Values(object, rows.getFirst().id(), Map.of(), List.of());
                    yield apply(request, draft, Operation.DELETE, result -> Reply.empty(204));
                }
                default -> choices(object, rows, captured);
            };
        });
    }

    Reply upsert(Request request, Map<String, String> captured) {
        return withKey(captured, (object, key) -> {
            String value = captured.getOrDefault("value", "");
            if (key.slot() == 0) {
                return write(request, object, Operation.UPDATE, value, Optional.empty(), result -> Reply.empty(204));
            }
            List<Row> rows = find(object, key, value);
            return rows.size() > 1
                    ? choices(object, rows, captured)
                    : write(request, object, Operation.UPSERT, value, Optional.of(key), upserted(captured));
        });
    }

    // Before version 46 an update had no body, and nothing said whether a record was new but the status.
    private static Function<RowResult, Reply> upserted(Map<String, String> captured) {
        boolean says = MetaApi.version(captured).compareTo("v46") >= 0;
        return result -> {
            if (!says && !result.created()) {
                return Reply.empty(204);
            }
            return Reply.json(result.created() ? 201 : 200, CollectionsApi.result(result, says));
        };
    }

    private Reply write(
            Request request,
            SObject object,
            Operation operation,
            String target,
            Optional<Field> key,
            Function<RowResult, Reply> done) {
        if (!(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body)) || !body.isObject()) {
            return Errors.badJson("The request body is not a JSON object");
        }
        ObjectNode fields = body.deepCopy();
        String named = key.map(Field::name).orElse(operation == Operation.UPDATE ? "Id" : "");
        if (!named.isEmpty()) {
            if (fields.has(named)) {
                String message = "The " + named + " field should not be specified in the sobject data.";
                return Errors.reply(400, "INVALID_FIELD", message);
            }
            fields.put(named, target);
        }
        return switch (reader.read(object, fields)) {
            case Draft.Broken broken ->
                Errors.reply(400, broken.error().code(), broken.error().message());
            case Draft.Values draft -> apply(request, draft, operation, key, done);
        };
    }

    private Reply apply(Request request, Draft draft, Operation operation, Function<RowResult, Reply> done) {
        return apply(request, draft, operation, Optional.empty(), done);
    }

    private Reply apply(
            Request request, Draft draft, Operation operation, Optional<Field> key, Function<RowResult, Reply> done) {
        int every = request.effect().orElse(null) instanceof FaultAction.Lock(int n) ? n : 0;
        Batch batch = Batch.of(operation, Authors.of(request), request.at())
                .by(key.orElse(null))
                .obeyingDuplicateRules(DuplicateRules.concern(request, settings))
                .locking(every);
        RowResult result =
                store.inTransaction(tx -> dml.apply(tx, batch, List.of(draft)).getFirst());
        return result.success() ? done.apply(result) : refused(result.errors());
    }

    // A path that names no record is an unknown resource, not a bad value.
    private static Reply refused(List<RowError> errors) {
        RowError first = errors.getFirst();
        boolean unknown = first.code().equals("INVALID_CROSS_REFERENCE_KEY")
                && first.fields().isEmpty();
        boolean malformed =
                first.code().equals("MALFORMED_ID") && first.fields().contains("Id");
        return unknown || malformed ? Errors.notFound() : Errors.row(errors);
    }

    private List<Row> find(SObject object, Field key, String value) {
        return store.inTransaction(tx -> key.slot() == 0
                ? tx.get(object, value).filter(row -> !row.deleted()).stream().toList()
                : tx.find(object, key, value));
    }

    private static Reply choices(SObject object, List<Row> rows, Map<String, String> captured) {
        ArrayNode urls = Json.array();
        String base = "/services/data/" + MetaApi.version(captured) + "/sobjects/" + object.name() + "/";
        rows.forEach(row -> urls.add(base + row.id()));
        return Reply.json(300, urls);
    }

    private static Reply show(Request request, Map<String, String> captured, SObject object, Row row) {
        ObjectNode json = RowJson.start(object, row, MetaApi.version(captured));
        String wanted = request.query("fields").orElse("");
        if (wanted.isEmpty()) {
            object.fields().forEach(field -> json.set(field.name(), RowJson.value(object, field, row)));
        }
        for (String name : wanted.isEmpty() ? new String[0] : wanted.split(",", -1)) {
            Optional<Field> field = object.field(name.strip());
            if (field.isEmpty()) {
                String message = "No such column '" + name + "' on sobject of type " + object.name();
                return Errors.reply(400, "INVALID_FIELD", message);
            }
            json.set(field.get().name(), RowJson.value(object, field.get(), row));
        }
        Reply reply = Reply.json(200, json);
        Object modified =
                object.field("LastModifiedDate").map(field -> row.get(field)).orElse(null);
        return modified instanceof Instant at
                ? reply.with("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)))
                : reply;
    }

    private Reply withObject(Map<String, String> captured, Function<SObject, Reply> then) {
        return schemas.find(captured.getOrDefault("object", "")).map(then).orElseGet(Errors::notFound);
    }

    /** What is done with an object and one of its upsert keys. */
    private interface Keyed {
        Reply answer(SObject object, Field key);
    }

    private Reply withKey(Map<String, String> captured, Keyed then) {
        return withObject(
                captured,
                object -> object.field(captured.getOrDefault("field", ""))
                        .filter(Field::key)
                        .map(key -> then.answer(object, key))
                        .orElseGet(() -> Errors.reply(
                                404,
                                "NOT_FOUND",
                                "Provided external ID field does not exist or is not accessible: "
                                        + captured.get("field"))));
    }
}
