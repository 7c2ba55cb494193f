package dev.caravan.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.Code;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.PublishAnswer.Fate;
import dev.caravan.transport.PublishAnswer.Fates;
import dev.caravan.transport.PublishAnswer.Later;
import dev.caravan.transport.PublishAnswer.Reason;
import dev.caravan.transport.PublishAnswer.Refused;
import dev.caravan.transport.PublishAnswer.Stored;
import dev.caravan.transport.PublishAnswer.Topic;
import dev.caravan.transport.PublishAnswer.Unclear;
import dev.caravan.transport.PublishRequest;
import dev.caravan.transport.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaDestinationTest {

    private static final KafkaDestination KAFKA = new KafkaDestination(false, Duration.ZERO, Duration.ofSeconds(1));

    private static Batch batch(Action action, int rows) {
        Map<String, Value> fields = Map.of(
                "z", new Value.Decimal(new BigDecimal("12345678901234567890.5")),
                "d", new Value.Date(LocalDate.of(2026, 2, 1)),
                "n", Value.ofNull(),
                "j", new Value.Json("{\"a\":1}"),
                "t", new Value.Text("\"é\n"),
                "x", new Value.Decimal(new BigDecimal("1E-10001")));
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            writes.add(new Write(
                    i, PlannedWrite.Kind.ADD, new Value.Text("k" + i), null, fields, "dedupe" + i, Optional.empty()));
        }
        TargetSchema schema = new TargetSchema("t", List.of(), Optional.of(Kind.TEXT));
        return new Batch(action, false, "t", "id", schema, writes);
    }

    private static PublishRequest asked(Batch batch) {
        return (PublishRequest) ((Conversation.Send<List<Outcome>>) KAFKA.deliver(batch)).request();
    }

    private static List<Outcome> told(Batch batch, Reply reply) {
        Conversation.Send<List<Outcome>> send = (Conversation.Send<List<Outcome>>) KAFKA.deliver(batch);
        return ((Conversation.Done<List<Outcome>>) send.then().apply(reply)).result();
    }

    @Test
    void aRowIsARecordOfItsKey() {
        PublishRequest request = asked(batch(Action.UPSERT, 1));
        assertThat(request.keyed()).isTrue();
        PublishRequest.Message record = request.records().getFirst();
        assertThat(record.key().text()).isEqualTo("k0");
        assertThat(java.util.Objects.requireNonNull(record.value()).text())
                .isEqualTo("{\"d\":\"2026-02-01\",\"id\":\"k0\",\"j\":{\"a\":1},\"n\":null,\"t\":\"\\\"é\\n\","
                        + "\"x\":0." + "0".repeat(10_000) + "1,\"z\":12345678901234567890.5}");
        assertThat(record.headers()).isEmpty();
    }

    @Test
    void aTombstoneDeletesAndAnEventSaysWhatItIsKnownBy() {
        assertThat(asked(batch(Action.DELETE, 1)).records().getFirst().value()).isNull();
        PublishRequest events = asked(batch(Action.APPEND, 1));
        assertThat(events.keyed()).isFalse();
        assertThat(events.records().getFirst().headers()).isEqualTo(Map.of("caravan-dedupe-key", "dedupe0"));
    }

    @Test
    void everyFateIsAnOutcome() {
        List<Fate> fates = List.of(
                new Stored(0, 7),
                new Refused(Reason.RECORD, "record_too_large"),
                new Refused(Reason.TOPIC, "not_compacted"),
                new Refused(Reason.RIGHTS, "not_authorized"),
                new Later("refused"),
                new Unclear("timeout"));
        List<Outcome> outcomes = told(batch(Action.UPSERT, 6), PublishAnswer.of(new Fates(fates)));
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Accepted(null, false));
        assertThat(outcomes.subList(1, 4))
                .extracting(outcome -> ((Outcome.Rejected) outcome).errorClass())
                .containsExactly(ErrorClass.DATA, ErrorClass.CONFIG, ErrorClass.CONFIG);
        assertThat(outcomes.get(4)).isEqualTo(new Outcome.Deferred("refused", Optional.empty()));
        assertThat(outcomes.get(5)).isEqualTo(new Outcome.Unknown("timeout"));
    }

    @Test
    void whatDoesNotAnswerForEveryRowAnswersForNone() {
        List<Reply> strange = List.of(
                PublishAnswer.of(new Fates(List.of(new Stored(0, 1)))),
                PublishAnswer.of(new Topic(true, true)),
                new HttpAnswer(200, Map.of(), Body.EMPTY, 1),
                new Reply.Lost("reset", 1));
        for (Reply reply : strange) {
            assertThat(told(batch(Action.UPSERT, 2), reply)).hasSize(2).allMatch(Outcome.Unknown.class::isInstance);
        }
    }

    @Test
    void whatItSaysItCanDoItDoes() {
        Capabilities can = KAFKA.capabilities("people");
        for (Action action : Action.values()) {
            Batch batch = batch(action, 1);
            if (can.can(action)) {
                assertThat(KAFKA.idempotency(batch))
                        .isEqualTo(action == Action.APPEND ? IdempotencyClass.E : IdempotencyClass.A);
                assertThat(asked(batch).records()).hasSize(1);
                assertThat(can.of(action).whole()).isTrue();
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> KAFKA.deliver(batch));
            }
        }
        assertThat(new KafkaDestination(true, Duration.ZERO, Duration.ofSeconds(1))
                        .idempotency(batch(Action.APPEND, 1)))
                .isEqualTo(IdempotencyClass.B);
        for (String name : List.of("", "a/b", "a b", "..", "ä", "x".repeat(250))) {
            assertThat(KAFKA.capabilities(name)).isEqualTo(Capabilities.NONE);
        }
    }

    @Test
    void aTopicThatIsNotThereIsNoObject() {
        Conversation.Send<Described> send = (Conversation.Send<Described>) KAFKA.describe("people");
        Described none =
                ((Conversation.Done<Described>) send.then().apply(PublishAnswer.of(new Topic(false, false)))).result();
        assertThat(((Described.Failed) none).problem().code()).isEqualTo(Code.TARGET_OBJECT_UNKNOWN);
        Described there =
                ((Conversation.Done<Described>) send.then().apply(PublishAnswer.of(new Topic(true, false)))).result();
        assertThat(((Described.Schema) there).schema().field("any")).isPresent();
    }
}
