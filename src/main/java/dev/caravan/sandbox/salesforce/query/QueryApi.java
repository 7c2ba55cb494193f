package dev.caravan.sandbox.salesforce.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.salesforce.dml.RowJson;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /query} and its further pages. A page has 2,000 records, or what {@code Sforce-Query-Options} asks for between
 * 200 and 2,000; the further ones are kept for the latest {@value #KEPT} queries and show the records as they were.
 */
public final class QueryApi {

    private static final int PAGE = 2_000;
    private static final int KEPT = 100;
    private static final Pattern BATCH_SIZE = Pattern.compile("batchSize=(\\d{1,5})");
    private static final Pattern LOCATOR = Pattern.compile("(01g\\w+)-(\\d{1,9})");

    private final Schemas schemas;
    private final Store store;
    private final Permissions permissions;
    private final Map<String, Result> cursors = new LinkedHashMap<>();
    private long queries;

    private record Result(SObject object, List<Field> fields, List<Row> rows, int page) {}

    public QueryApi(Schemas schemas, Store store, Permissions permissions) {
        this.permissions = permissions;
        this.schemas = schemas;
        this.store = store;
    }

    /** The first page of a query; deleted records are left out. */
    public Reply query(Request request, Map<String, String> captured) {
        return query(request, captured, false);
    }

    /** The first page of a query that sees deleted records too. */
    public Reply queryAll(Request request, Map<String, String> captured) {
        return query(request, captured, true);
    }

    private Reply query(Request request, Map<String, String> captured, boolean deleted) {
        String text = request.query("q").orElse("");
        Optional<Reply> permitted = permissions.answer(text, captured.getOrDefault("v", ""));
        if (permitted.isPresent()) {
            return permitted.get();
        }
        return switch (SoqlParser.parse(text)) {
            case SoqlParser.Parsed.Malformed malformed -> refused("MALFORMED_QUERY", malformed.message());
            case SoqlParser.Parsed.Query query -> run(query.soql(), request, captured, deleted);
        };
    }

    /** Records by their ids, in the order asked; null for those that are not there. Rests on documentation alone. */
    public Reply retrieve(Request request, Map<String, String> captured) {
        Optional<SObject> object = schemas.find(captured.getOrDefault("object", ""));
        if (object.isEmpty() || !(Json.parse(request.body()) instanceof Json.Parsed.Tree(JsonNode body))) {
            return refused("INVALID_INPUT", "An object, ids and fields are needed");
        }
        ArrayNode records = Json.array();
        for (JsonNode id : body.path("ids")) {
            Optional<Row> row = RecordIds.normal(id.asText())
                    .flatMap(normal -> store.inTransaction(tx -> tx.get(object.get(), normal)))
                    .filter(found -> !found.deleted());
            records.add(
                    row.isEmpty()
                            ? NullNode.getInstance()
                            : RowJson.start(object.get(), row.get(), captured.getOrDefault("v", "")));
            for (JsonNode name : body.path("fields")) {
                Optional<Field> field = object.get().field(name.asText());
                if (field.isEmpty()) {
                    return unknown(name.asText(), object.get());
                }
                row.ifPresent(found -> ((ObjectNode) records.get(records.size() - 1))
                        .set(field.get().name(), RowJson.value(object.get(), field.get(), found)));
            }
        }
        return Reply.json(200, records);
    }

    /** A further page of a query. */
    public Reply more(Request request, Map<String, String> captured) {
        Matcher locator = LOCATOR.matcher(captured.getOrDefault("locator", ""));
        Result result = locator.matches() ? cursor(locator.group(1)) : null;
        return result == null
                ? refused("INVALID_QUERY_LOCATOR", "invalid query locator")
                : page(result, locator.group(1), Integer.parseInt(locator.group(2)), captured);
    }

    private Reply run(Soql soql, Request request, Map<String, String> captured, boolean deleted) {
        Optional<SObject> object = schemas.find(soql.object());
        if (object.isEmpty()) {
            return refused("INVALID_TYPE", "sObject type '" + soql.object() + "' is not supported.");
        }
        List<Field> fields = new ArrayList<>();
        for (String name : soql.fields()) {
            Optional<Field> field = object.get().field(name);
            if (field.isEmpty()) {
                return unknown(name, object.get());
            }
            fields.add(field.get());
        }
        List<Filter> filters = new ArrayList<>();
        for (Soql.Condition condition : soql.conditions()) {
            Optional<Field> field = object.get().field(condition.field());
            if (field.isEmpty()) {
                return unknown(condition.field(), object.get());
            }
            switch (Filter.read(field.get(), condition)) {
                case Filter.Reading.Usable usable -> filters.add(usable.filter());
                case Filter.Reading.Unusable unusable -> {
                    return refused("INVALID_FIELD", unusable.message());
                }
            }
        }
        Optional<Field> order = object.get().field(soql.orderBy());
        if (order.isEmpty() && !soql.orderBy().isEmpty()) {
            return unknown(soql.orderBy(), object.get());
        }
        List<Row> rows = cut(soql, order, find(object.get(), filters, deleted));
        if (soql.counts()) {
            ObjectNode json = Json.object().put("totalSize", rows.size()).put("done", true);
            json.putArray("records");
            return Reply.json(200, json);
        }
        return page(new Result(object.get(), fields, rows, pageSize(request)), "", 0, captured);
    }

    private List<Row> find(SObject object, List<Filter> filters, boolean deleted) {
        return store.inTransaction(tx -> {
            Candidates candidates = new Candidates(tx, object);
            return candidates
                    .of(filters, deleted)
                    .filter(row -> deleted || !row.deleted())
                    .filter(row -> filters.stream().allMatch(filter -> filter.matches(row)))
                    .toList();
        });
    }

    private static List<Row> cut(Soql soql, Optional<Field> order, List<Row> rows) {
        Stream<Row> ordered = rows.stream();
        if (order.isPresent()) {
            Comparator<Row> up = Comparator.comparing(row -> row.get(order.get()), Filter::order);
            ordered = ordered.sorted(soql.descending() ? up.reversed() : up);
        }
        return ordered.skip(soql.offset()).limit(soql.limit()).toList();
    }

    private Reply page(Result result, String locator, int from, Map<String, String> captured) {
        int to = Math.min(from + result.page(), result.rows().size());
        boolean done = to >= result.rows().size();
        ObjectNode json = Json.object().put("totalSize", result.rows().size()).put("done", done);
        if (!done) {
            String next = locator.isEmpty() ? keep(result) : locator;
            json.put("nextRecordsUrl", "/services/data/" + captured.get("v") + "/query/" + next + "-" + to);
        }
        ArrayNode records = json.putArray("records");
        for (Row row : result.rows().subList(Math.min(from, to), to)) {
            ObjectNode record = RowJson.start(result.object(), row, captured.getOrDefault("v", ""));
            for (Field field : result.fields()) {
                record.set(field.name(), RowJson.value(result.object(), field, row));
            }
            records.add(record);
        }
        return Reply.json(200, json);
    }

    private synchronized String keep(Result result) {
        queries++;
        String locator = "01gSb%012d".formatted(queries);
        cursors.put(locator, result);
        if (cursors.size() > KEPT) {
            cursors.remove(cursors.keySet().iterator().next());
        }
        return locator;
    }

    private synchronized @Nullable Result cursor(String locator) {
        return cursors.get(locator);
    }

    private static int pageSize(Request request) {
        Matcher size = BATCH_SIZE.matcher(request.header("sforce-query-options").orElse(""));
        return size.find() ? Math.clamp(Integer.parseInt(size.group(1)), 200, PAGE) : PAGE;
    }

    private static Reply unknown(String name, SObject object) {
        return refused(
                "INVALID_FIELD",
                "No such column '" + name + "' on entity '" + object.name()
                        + "'. If you are attempting to use a custom field, be sure to append the '__c' after the custom"
                        + " field name. Please reference your WSDL or the describe call for the appropriate names.");
    }

    private static Reply refused(String code, String message) {
        ArrayNode errors = Json.array();
        errors.addObject().put("message", message).put("errorCode", code);
        return Reply.json(400, errors);
    }
}
