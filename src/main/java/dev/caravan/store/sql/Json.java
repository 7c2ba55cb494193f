package dev.caravan.store.sql;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.caravan.guard.Verdict;
import dev.caravan.plan.PlanSummary;
import dev.caravan.row.Value;
import dev.caravan.row.ValueCodec;
import dev.caravan.store.sql.db.Damage;
import java.io.IOException;
import java.util.List;

/** What the ledger keeps as JSON: plan rows, summaries and verdicts, each value as {@link ValueCodec} writes it. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Value.class, new ValueWriter())
                    .addDeserializer(Value.class, new ValueReader()))
            .addMixIn(Verdict.class, TypedVerdict.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final ObjectWriter BODY = MAPPER.writerFor(RowBody.class);
    private static final ObjectWriter VERDICTS =
            MAPPER.writerFor(MAPPER.getTypeFactory().constructCollectionType(List.class, Verdict.class));

    private Json() {}

    static String body(RowBody body) {
        return write(BODY, body);
    }

    static RowBody body(String stored) {
        return read(RowBody.class, stored);
    }

    static String verdicts(List<Verdict> verdicts) {
        return write(VERDICTS, verdicts);
    }

    static List<Verdict> verdicts(String stored) {
        return List.of(read(Verdict[].class, stored));
    }

    static String summary(PlanSummary summary) {
        return write(MAPPER.writerFor(PlanSummary.class), summary);
    }

    static PlanSummary summary(String stored) {
        return read(PlanSummary.class, stored);
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("these types can always be written", e);
        }
    }

    /** The parser's words quote what it read, so they stay inside. */
    private static <T> T read(Class<T> type, String stored) {
        try {
            return MAPPER.readValue(stored, type);
        } catch (JsonProcessingException e) {
            throw Damage.of("a stored row of the ledger cannot be read");
        }
    }

    /** Names the kind of a verdict. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Verdict.Allowed.class, name = "allowed"),
        @JsonSubTypes.Type(value = Verdict.Dropped.class, name = "dropped"),
        @JsonSubTypes.Type(value = Verdict.Held.class, name = "held")
    })
    private interface TypedVerdict {}

    private static final class ValueWriter extends JsonSerializer<Value> {
        @Override
        public void serialize(Value value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(ValueCodec.encode(value));
        }
    }

    private static final class ValueReader extends JsonDeserializer<Value> {
        @Override
        public Value deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return ValueCodec.decode(json.getText());
        }
    }
}
