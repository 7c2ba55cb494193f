package dev.caravan.connector.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetKey;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The key and the value of a record. A key of one field is its text. One of several is a JSON object of their texts, so that it stays the
 * same whatever type the model's columns have. A value is one JSON object of the key and the fields: numbers keep all their digits, dates
 * and times are ISO texts, a null is a null. Members are in the order of their names, so that the same row gives the same bytes.
 */
final class RecordBody {

    private static final JsonFactory JSON = new JsonFactory();

    private RecordBody() {}

    static Body key(TargetKey fields, Value key) {
        if (!fields.isComposite()) {
            return Body.of(key.text());
        }
        Map<String, Value> parts = new TreeMap<>(fields.values(key));
        parts.replaceAll((field, part) -> new Value.Text(part.text()));
        return object(parts);
    }

    static Body of(TargetKey key, Write write) {
        Map<String, Value> fields = new TreeMap<>(write.fields());
        fields.putAll(key.values(write.targetKey()));
        return object(fields);
    }

    private static Body object(Map<String, Value> members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, Value> member : members.entrySet()) {
                json.writeFieldName(member.getKey());
                write(json, member.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return Body.of(bytes.toByteArray());
    }

    private static void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.Null none -> json.writeNull();
            case Value.Bool bool -> json.writeBoolean(bool.value());
            case Value.Int number -> json.writeNumber(number.value());
            case Value.Decimal number -> json.writeNumber(number.text());
            case Value.Real number when number.finite() -> json.writeNumber(number.text());
            case Value.Json tree -> json.writeRawValue(tree.value());
            case Value other -> json.writeString(other.text());
        }
    }
}
