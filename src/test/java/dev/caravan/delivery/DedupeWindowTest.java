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
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A repeat goes out only while the destination still knows the first, whenever its turn comes (invariant I4). */
class DedupeWindowTest {

    private static final Request LOOK = HttpRequest.get("/x", Duration.ofSeconds(5));
    private static final Request ROWS = new HttpRequest(
            Method.POST, "/x", Map.of(), Body.of("{}"), "application/json", Replay.NEVER, Duration.ofSeconds(5));
    private static final Duration WINDOW = Duration.ofMinutes(100);
    /** Of the window, less its margin and the time for which a repeat may be on its way. */
    private static final Duration USABLE = Duration.ofMinutes(80);

    private static final long SEED = 7;

    private final HeldTime held = new HeldTime();
    private final FakeBooks books = new FakeBooks();
    private final FakeDestination destination = new FakeDestination();
    private final ScriptedTransport wire = new ScriptedTransport(answer(200));
    private final List<List<Long>> sent = new ArrayList<>();

    DedupeWindowTest() {
        destination.idempotency = IdempotencyClass.B;
        destination.dedupeWindow = Optional.of(WINDOW);
    }

    /** Delivers rows by what each repeats. */
    private DeliveryReport deliver(List<Optional<Instant>> begun) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            writes.add(new Write(i, Kind.ADD, new Value.Int(i), null, Map.of(), "key" + i, begun.get(i)));
        }
        Batch batch = new Batch(Action.INSERT, false, "Thing", "Key", new TargetSchema("Thing", List.of()), writes);
        Connection connection = new Connection(
                "crm",
                destination,
                wire,
                ConnectionLimits.DEFAULT,
                new MemorySpending(),
                held.time(),
                new Random(SEED),
                DeliveryMeters.NONE);
        return new BatchDelivery(books, connection, held.time(), new Random(SEED))
                .deliver(
                        FakeBooks.LEASE,
                        1,
                        batch,
                        connection.senders("", StopSignal.NEVER, count -> {}),
                        StopSignal.NEVER);
    }

    /** A look-up, so long a wait, the rows, and an end by round for all of them. */
    private void conversation(Duration wait, Function<Integer, Outcome> ends) {
        destination.conversation = batch -> new Send<>(LOOK, found -> {
            held.move(wait);
            return new Send<>(ROWS, reply -> new Done<>(ended(batch, reply, ends)));
        });
    }

    private List<Outcome> ended(Batch batch, Reply reply, Function<Integer, Outcome> ends) {
        if (reply instanceof Reply.NotSent not) {
            return batch.writes().stream()
                    .<Outcome>map(write -> new Outcome.Deferred(not.reason(), not.notBefore()))
                    .toList();
        }
        sent.add(batch.writes().stream().map(Write::ordinal).toList());
        return batch.writes().stream().map(write -> ends.apply(sent.size())).toList();
    }

    private static Optional<Instant> left(Duration time) {
        return Optional.of(HeldTime.START.minus(USABLE).plus(time));
    }

    private static Outcome ok() {
        return new Outcome.Accepted("id", true);
    }

    @Test
    void whatIsOverWhenItsTurnComesIsHeldAndTheOthersGo() {
        conversation(Duration.ZERO, round -> ok());
        DeliveryReport report = deliver(List.of(left(Duration.ZERO), Optional.empty(), left(Duration.ofMinutes(1))));
        assertThat(books.entries).containsExactly("hold dedupe_window [0]", "begin 1 [1, 2]", "complete 1 2");
        assertThat(sent).containsExactly(List.of(1L, 2L));
        assertThat(report).isEqualTo(new DeliveryReport(2, 0, 1, 0, 0, 2, Optional.empty()));
    }

    @Test
    void whereAllOfABatchIsOverNothingIsBegun() {
        assertThat(deliver(List.of(left(Duration.ZERO), left(Duration.ofHours(-1)))))
                .isEqualTo(new DeliveryReport(0, 0, 2, 0, 0, 0, Optional.empty()));
        assertThat(books.entries).containsExactly("hold dedupe_window [0, 1]");
    }

    /** Such a row has an end in this run, which is unknown; the next run holds it. */
    @Test
    void aRepeatOfTheSameRunIsNotSentAfterTheWindowEither() {
        destination.dedupeWindow = Optional.of(Duration.ofMinutes(20));
        conversation(Duration.ofMinutes(4), round -> {
            held.move(Duration.ofMinutes(5));
            return new Outcome.Unknown("timeout");
        });
        DeliveryReport report = deliver(List.of(Optional.empty()));
        assertThat(books.entries).containsExactly("begin 1 [0]", "complete 1 1");
        assertThat(report.unknown()).isEqualTo(1);
    }

    @Test
    void whatIsOverBeforeItLeavesStaysHere() {
        conversation(Duration.ofMinutes(2), round -> ok());
        DeliveryReport report = deliver(List.of(left(Duration.ofMinutes(1)), Optional.empty()));
        assertThat(sent).containsExactly(List.of(1L));
        assertThat(books.entries).containsExactly("begin 1 [0, 1]", "complete 1 2", "begin 2 [1]", "complete 2 1");
        assertThat(books.all.get(0L)).containsExactly(new Outcome.Deferred("late", Optional.empty()));
        assertThat(report).isEqualTo(new DeliveryReport(1, 0, 1, 0, 0, 3, Optional.empty()));
    }

    /** What is replaced or asserted anew has one effect however often it is sent. */
    @ParameterizedTest
    @EnumSource(
            value = IdempotencyClass.class,
            names = {"A", "C"})
    void otherClassesHaveNoWindow(IdempotencyClass idempotency) {
        destination.idempotency = idempotency;
        destination.dedupeWindow = Optional.of(Duration.ofMinutes(20));
        conversation(Duration.ofMinutes(11), round -> round < 2 ? new Outcome.Unknown("timeout") : ok());
        assertThat(deliver(List.of(Optional.empty())).accepted()).isEqualTo(1);
        assertThat(sent).hasSize(2);
    }
}
