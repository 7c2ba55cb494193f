package dev.caravan.connector.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.caravan.destination.Write;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The value of a record: one JSON object of the key and the fields, in the order of their names, so that the same row gives the same
 * bytes. Numbers keep all their digits, dates and times are ISO texts, a null is a null.
 */
final class RecordBody {

    private static final JsonFactory JSON = new JsonFactory();

    private RecordBody() {}

    static Body of(String keyField, Write write) {
        Map<String, Value> fields = new TreeMap<>(write.fields());
        fields.put(keyField, write.targetKey());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, Value> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                write(json, field.getValue());
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
