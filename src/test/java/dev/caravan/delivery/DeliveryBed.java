package dev.caravan.delivery;

import static dev.caravan.delivery.ScriptedTransport.answer;

import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Conversation.Done;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.LongStream;

/** One batch and its conversation on a held clock, before books that write down what they are told. */
abstract class DeliveryBed {

    static final Outcome OK = new Outcome.Accepted("id", true);
    static final Request CALL = HttpRequest.get("/x", Duration.ofSeconds(5));
    static final Request ROWS = new HttpRequest(
            Method.PATCH, "/x", Map.of(), Body.of("{}"), "application/json", Replay.NEVER, Duration.ofSeconds(5));
    static final long SEED = 7;

    final HeldTime held = new HeldTime();
    final FakeBooks books = new FakeBooks();
    final FakeDestination destination = new FakeDestination();
    final ScriptedTransport wire = new ScriptedTransport(answer(200));
    final AtomicReference<String> stop = new AtomicReference<>();
    final AtomicLong requests = new AtomicLong();
    final List<List<Long>> rounds = new ArrayList<>();

    DeliveryReport deliver(int rows) {
        return deliver(rows, held.time());
    }

    DeliveryReport deliver(int rows, Time time) {
        Connection connection = new Connection(
                "crm",
                destination,
                wire,
                ConnectionLimits.DEFAULT,
                new MemorySpending(),
                time,
                new Random(SEED),
                DeliveryMeters.NONE);
        BatchDelivery delivery = new BatchDelivery(books, connection, time, new Random(SEED));
        StopSignal signal = () -> Optional.ofNullable(stop.get());
        return delivery.deliver(
                FakeBooks.LEASE, 1, batch(rows), connection.senders("", signal, requests::addAndGet), signal);
    }

    static Batch batch(int rows) {
        List<Write> writes = LongStream.range(0, rows)
                .mapToObj(i -> new Write(i, Kind.ADD, new Value.Int(i), null, Map.of()))
                .toList();
        return new Batch(Action.UPSERT, false, "Thing", "Key", new TargetSchema("Thing", List.of()), writes);
    }

    /** One request, then these outcomes by ordinal and round. */
    void outcomes(Function<Integer, Function<Long, Outcome>> byRound) {
        destination.conversation = batch -> {
            List<Long> ordinals = batch.writes().stream().map(Write::ordinal).toList();
            rounds.add(ordinals);
            Function<Long, Outcome> outcome = byRound.apply(rounds.size());
            return new Send<>(CALL, reply -> {
                books.entries.add("sent");
                return new Done<>(ordinals.stream().map(outcome).toList());
            });
        };
    }

    static Outcome refusal(ErrorClass errorClass) {
        return new Outcome.Rejected("CODE", null, "words", errorClass);
    }

    /** One request that carries all rows of a batch, as a collection does. */
    void rowsAnswered() {
        destination.conversation = batch -> new Send<>(
                ROWS,
                reply -> new Done<>(
                        batch.writes().stream().map(write -> outcome(reply)).toList()));
    }

    private static Outcome outcome(Reply reply) {
        return switch (reply) {
            case HttpAnswer answer -> answer.ok() ? OK : new Outcome.Unknown("unclear");
            case Reply.Answer foreign -> new Outcome.Unknown("unclear");
            case Reply.NotSent not -> new Outcome.Deferred(not.reason(), not.notBefore());
            case Reply.Lost lost -> new Outcome.Unknown("lost");
        };
    }

    Conversation<List<Outcome>> unclear(Batch batch) {
        rounds.add(batch.writes().stream().map(Write::ordinal).toList());
        return new Send<>(
                CALL,
                reply -> new Done<>(batch.writes().stream()
                        .<Outcome>map(write -> new Outcome.Unknown("http_500"))
                        .toList()));
    }
}
