package dev.caravan.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Write;
import dev.caravan.destination.kit.RealContract;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.KeyText;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Transport;
import dev.caravan.transport.kafka.Broker;
import dev.caravan.transport.kafka.KafkaSettings;
import dev.caravan.transport.kafka.KafkaTransport;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Topics keep the contract of destinations, before a real broker. */
class KafkaContractTest extends RealContract {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final KafkaDestination KAFKA = new KafkaDestination(true, Duration.ZERO, Duration.ofSeconds(20));
    private static KafkaTransport transport;
    private static String topic;

    /** Records that earlier tests left behind. */
    private int seen;

    @BeforeAll
    static void start() {
        topic = Broker.topic("compact");
        // The broker takes everybody in; the secret is there to be let out.
        KafkaSettings.Login login = new KafkaSettings.Login("PLAIN", "user", () -> CANARY);
        transport = new KafkaTransport(new KafkaSettings(
                Broker.address(), "plaintext", Optional.of(login), Optional.empty(), Duration.ofSeconds(20)));
    }

    @AfterAll
    static void stop() {
        transport.close();
    }

    @Override
    protected Destination destination() {
        return KAFKA;
    }

    @Override
    protected Transport transport() {
        return transport;
    }

    /** The client tells its settings and its troubles. */
    @Override
    protected List<String> talkative() {
        return List.of("org.apache.kafka.clients", "org.apache.kafka.common", "dev.caravan.transport.kafka");
    }

    @Test
    void aLogInThatFailsTellsNothingOfThePassword() {
        KafkaSettings.Login login = new KafkaSettings.Login("PLAIN", "user", () -> CANARY);
        KafkaSettings settings = new KafkaSettings(
                Broker.address(), "sasl_plaintext", Optional.of(login), Optional.empty(), Duration.ofMillis(500));
        try (KafkaTransport locked = new KafkaTransport(settings)) {
            assertThat(locked.login()).isInstanceOf(Reply.NotSent.class);
            assertThat(locked.login().toString()).doesNotContain(CANARY);
            assertThat(settings.toString()).doesNotContain(CANARY);
        }
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                operation(Action.UPSERT, topic, "id"),
                operation(Action.DELETE, topic, "id"),
                operation(Action.APPEND, topic, "id"),
                operation(Action.UPSERT, topic, "part+id"),
                operation(Action.DELETE, topic, "part+id"),
                operation(Action.APPEND, topic, "part+id"));
    }

    @Override
    protected Batch batch(Case operation, List<Write> writes) {
        TargetSchema schema = TargetSchema.keyedFreely(topic, List.of(), Kind.TEXT);
        return new Batch(operation.action(), false, topic, operation.key(), schema, writes);
    }

    @Override
    protected void ready(Case operation, int rows) {
        seen = Broker.records(topic).size();
        if (operation.action() == Action.DELETE) {
            fill(operation(Action.UPSERT, topic, operation.keyField()), rows);
        }
    }

    @Override
    protected Map<String, @Nullable String> held(String object) {
        Map<String, @Nullable String> held = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(Broker.records(object));
        records.sort((one, other) -> Long.compare(one.timestamp(), other.timestamp()));
        for (ConsumerRecord<byte[], byte[]> record : records.subList(seen, records.size())) {
            String key = key(new String(record.key(), StandardCharsets.UTF_8));
            if (record.value() == null) {
                held.remove(key);
            } else {
                held.put(key, name(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        return held;
    }

    /** As rows have it. */
    private static String key(String record) {
        if (!record.startsWith("{\"id\":")) {
            return record;
        }
        try {
            JsonNode parts = JSON.readTree(record);
            return KeyText.joined(
                    List.of(parts.path("part").asText(), parts.path("id").asText()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String name(String json) {
        try {
            JsonNode name = JSON.readTree(json).path(FIELD);
            return name.isNull()
                    ? null
                    : name.isBigDecimal()
                            ? name.decimalValue().toPlainString()
                            : name.isContainerNode() ? name.toString() : name.asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
