package dev.caravan.delivery;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation.Done;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rounds of all batches of a connection share its retry budget with the repeats of single requests. */
class BudgetedRoundsTest {

    private static final Request CALL = HttpRequest.get("/x", Duration.ofSeconds(5));
    private static final long SEED = 7;

    private final HeldTime held = new HeldTime();
    private final FakeBooks books = new FakeBooks();
    private final FakeDestination destination = new FakeDestination();
    private final ScriptedTransport wire = new ScriptedTransport(answer(200));
    private final Connection connection = new Connection(
            "crm",
            destination,
            wire,
            ConnectionLimits.DEFAULT,
            new MemorySpending(),
            held.time(),
            new Random(SEED),
            DeliveryMeters.NONE);

    private DeliveryReport deliver(Outcome always) {
        destination.conversation = batch -> new Send<>(CALL, reply -> new Done<>(List.of(always)));
        Batch batch = new Batch(
                Action.UPSERT,
                false,
                "Thing",
                "Key",
                new TargetSchema("Thing", List.of()),
                List.of(new Write(0, Kind.ADD, new Value.Int(0), null, Map.of())));
        return new BatchDelivery(books, connection, held.time(), new Random(SEED))
                .deliver(
                        FakeBooks.LEASE,
                        1,
                        batch,
                        connection.senders("", StopSignal.NEVER, sent -> {}),
                        StopSignal.NEVER);
    }

    @Test
    void whatTheBudgetDoesNotPayForStaysAsItIs() {
        assertThat(deliver(new Outcome.Unknown("malformed")).unknown()).isEqualTo(1);
        assertThat(wire.sent).as("three rounds while there is budget").hasSize(3);
        assertThat(Stream.generate(connection::mayRetry).takeWhile(may -> may)).isNotEmpty();
        wire.sent.clear();
        assertThat(deliver(new Outcome.Unknown("malformed")).unknown()).isEqualTo(1);
        assertThat(wire.sent).hasSize(1);

        assertThat(deliver(new Outcome.Deferred("row_lock", Optional.empty())).deferred())
                .isEqualTo(1);
        assertThat(wire.sent).hasSize(2);
    }
}
