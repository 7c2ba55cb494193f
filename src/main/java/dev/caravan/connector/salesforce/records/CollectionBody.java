package dev.caravan.connector.salesforce.records;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.caravan.connector.salesforce.wire.Item;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.connector.salesforce.wire.Reading;
import dev.caravan.connector.salesforce.wire.WireValue;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.mapping.TargetReference;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of a collections request: changed fields only, one record after the other, each row on its own. */
final class CollectionBody {

    private CollectionBody() {}

    static Body of(Batch batch, List<Item> items) {
        return JsonBody.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("allOrNone", false);
            json.writeArrayFieldStart("records");
            for (Item item : items) {
                record(json, batch, item);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void record(JsonGenerator json, Batch batch, Item item) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("attributes");
        json.writeStringField("type", batch.object());
        json.writeEndObject();
        if (batch.action() == Action.UPDATE) {
            json.writeStringField("id", item.id());
        } else {
            field(json, batch, batch.keyField(), item.write().targetKey());
        }
        for (Map.Entry<String, Value> field : item.write().fields().entrySet()) {
            // By id, the key field is a field like any other: it is there where it is to change.
            if (batch.action() == Action.UPDATE || !field.getKey().equals(batch.keyField())) {
                field(json, batch, field.getKey(), field.getValue());
            }
        }
        json.writeEndObject();
    }

    private static void field(JsonGenerator json, Batch batch, String name, Value value) throws IOException {
        Optional<TargetReference> reference = batch.schema().reference(name);
        if (reference.isPresent()) {
            reference(json, batch, reference.get(), value);
        } else {
            json.writeFieldName(name);
            WireValue.write(json, WireValue.kind(batch.schema(), name), value);
        }
    }

    /** A reference is cleared by its own field, whatever fills it. */
    private static void reference(JsonGenerator json, Batch batch, TargetReference reference, Value value)
            throws IOException {
        if (Reading.absent(value)) {
            json.writeNullField(reference.field());
            return;
        }
        switch (reference) {
            case TargetReference.ByName named ->
                json.writeStringField(named.field(), named.id(value.text()).orElseThrow());
            case TargetReference.ByKey keyed -> {
                json.writeObjectFieldStart(keyed.relationship());
                if (keyed.object().isPresent()) {
                    json.writeObjectFieldStart("attributes");
                    json.writeStringField("type", keyed.object().get());
                    json.writeEndObject();
                }
                json.writeFieldName(keyed.key());
                WireValue.write(json, WireValue.kind(batch.schema(), keyed.name()), value);
                json.writeEndObject();
            }
        }
    }
}
