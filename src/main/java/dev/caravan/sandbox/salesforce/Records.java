package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.dml.Batch;
import dev.caravan.sandbox.salesforce.dml.Batch.Operation;
import dev.caravan.sandbox.salesforce.dml.Dml;
import dev.caravan.sandbox.salesforce.dml.Draft;
import dev.caravan.sandbox.salesforce.dml.JsonRows;
import dev.caravan.sandbox.salesforce.dml.RowJson;
import dev.caravan.sandbox.salesforce.dml.RowResult;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Store;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looking at and changing records from outside the imitated API: without tokens, limits, latency or counting. */
public final class Records {

    private final Schemas schemas;
    private final Store store;
    private final InstantSource clock;

    Records(Schemas schemas, Store store, InstantSource clock) {
        this.schemas = schemas;
        this.store = store;
        this.clock = clock;
    }

    public boolean has(String object) {
        return schemas.find(object).isPresent();
    }

    /** Every live record in the order of creation; fields that are null are left out. */
    public List<ObjectNode> all(String objectName) {
        View view = view(objectName, "");
        return view.rows().stream().map(view::json).toList();
    }

    /** The live records of an object at this moment, not rendered yet. */
    public record View(SObject object, List<Field> fields, List<Row> rows) {

        public ObjectNode json(Row row) {
            return Records.json(object, fields, row);
        }
    }

    /** A view of all live records, with the fields of a comma-separated list; with all when it is empty. */
    public View view(String objectName, String fields) {
        SObject object = schemas.find(objectName).orElseThrow();
        Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        wanted.addAll(List.of(fields.split(",", -1)));
        List<Field> shown = object.fields().stream()
                .filter(field -> fields.isEmpty() || wanted.contains(field.name()))
                .toList();
        List<Row> rows = store.inTransaction(
                tx -> tx.rows(object).stream().filter(row -> !row.deleted()).toList());
        return new View(object, shown, rows);
    }

    /** The live record with this value in an indexed field or {@code Id}; empty when there is none. */
    public Optional<ObjectNode> find(String objectName, String field, String value) {
        SObject object = schemas.find(objectName).orElseThrow();
        return row(object, object.get(field), value).map(row -> json(object, object.fields(), row));
    }

    /** Carries out an edit; an unknown record gives the error the API would. */
    public RowResult edit(Edit edit) {
        SObject object = schemas.find(edit.object()).orElseThrow();
        ObjectNode fields = edit.fields().deepCopy();
        if (!edit.operation().equals("insert")) {
            Optional<Row> row = row(object, object.get(edit.keyField()), edit.key());
            fields.put("Id", row.map(Row::id).orElse(edit.key()));
        }
        Draft draft = new JsonRows(schemas).read(object, fields);
        String user = edit.user().isEmpty() ? Organisation.COLLEAGUE : edit.user();
        Batch batch = Batch.of(operation(edit), new WriteEntry.Author(user, "", 0, ""), clock.instant());
        return store.inTransaction(
                tx -> new Dml(schemas).apply(tx, batch, List.of(draft)).getFirst());
    }

    private Optional<Row> row(SObject object, Field field, String value) {
        return store.inTransaction(tx -> field.slot() == 0
                ? tx.get(object, value).filter(row -> !row.deleted())
                : tx.find(object, field, value).stream().findFirst());
    }

    private static Operation operation(Edit edit) {
        return switch (edit.operation()) {
            case "insert" -> Operation.INSERT;
            case "delete" -> Operation.DELETE;
            default -> Operation.UPDATE;
        };
    }

    private static ObjectNode json(SObject object, Collection<Field> fields, Row row) {
        ObjectNode json = Json.object();
        for (Field field : fields) {
            JsonNode value = RowJson.value(object, field, row);
            if (!value.isNull()) {
                json.set(field.name(), value);
            }
        }
        return json;
    }
}
