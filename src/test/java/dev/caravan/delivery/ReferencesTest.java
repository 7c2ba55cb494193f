package dev.caravan.delivery;

import static dev.caravan.delivery.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.References.Resolved;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation.Done;
import dev.caravan.destination.Conversation.Send;
import dev.caravan.destination.Referent;
import dev.caravan.destination.Write;
import dev.caravan.mapping.Lookup;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.transport.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The ids of other records, asked for on a held clock. */
class ReferencesTest {

    private static final Lookup FIRMS = new Lookup("firms", "domain");
    private static final Lookup PEOPLE = new Lookup("people", "email");
    private static final TargetKey PAIR = new TargetKey(List.of("person", "firm"));

    private final HeldTime held = new HeldTime();
    private final FakeDestination destination = new FakeDestination();
    private final AtomicReference<String> stop = new AtomicReference<>();
    private final List<String> asked = new ArrayList<>();
    private final Connection connection = new Connection(
            "crm",
            destination,
            new ScriptedTransport(answer(200)),
            ConnectionLimits.DEFAULT,
            new MemorySpending(),
            held.time(),
            new Random(7),
            DeliveryMeters.NONE);

    /** Known is whoever begins with a letter, as the id {@code id-LETTER}. */
    private void answering() {
        destination.referents = values -> {
            values.forEach(value -> asked.add(value.text()));
            return new Send<>(
                    DeliveryBed.CALL,
                    reply -> new Done<>(values.stream()
                            .map(value -> reply instanceof Reply.NotSent not
                                    ? new Referent.Untold(not.reason())
                                    : referent(value.text()))
                            .toList()));
        };
    }

    private static Referent referent(String key) {
        return switch (key.charAt(0)) {
            case '0' -> new Referent.None();
            case '2' -> new Referent.Several();
            case '?' -> new Referent.Untold("malformed");
            default -> new Referent.One("id-" + key.charAt(0));
        };
    }

    private Resolved resolve(Map<String, Lookup> lookups, Batch batch) {
        StopSignal signal = () -> Optional.ofNullable(stop.get());
        return new References(connection, new ConversationDriver(held.time().sleeper()))
                .resolve(batch, lookups, connection.sender("", signal, any -> {}), signal);
    }

    private static Batch upserts(String... firms) {
        List<Write> writes = new ArrayList<>();
        for (String firm : firms) {
            Value value = firm.isEmpty() ? Value.ofNull() : new Value.Text(firm);
            writes.add(new Write(
                    writes.size(),
                    Kind.ADD,
                    new Value.Int(writes.size()),
                    null,
                    Map.of("firm", value, "other", value)));
        }
        return new Batch(Action.UPSERT, false, "people", "no", new TargetSchema("people", List.of()), writes);
    }

    private static Batch pair(Action action, Kind kind, @Nullable String id, String person, String firm) {
        Value key = new Value.Tuple(List.of(new Value.Text(person), new Value.Text(firm)));
        Write write = new Write(0, kind, key, id, Map.of());
        return new Batch(action, false, "pairs", PAIR, new TargetSchema("pairs", List.of()), List.of(write));
    }

    @Test
    void eachRecordIsAskedForOnceAndRememberedForAWhile() {
        answering();
        Resolved first = resolve(Map.of("firm", FIRMS), upserts("a", "b", "a", ""));

        assertThat(first.batch().writes())
                .extracting(write -> write.fields().get("firm"))
                .containsExactly(
                        new Value.Text("id-a"), new Value.Text("id-b"), new Value.Text("id-a"), Value.ofNull());
        assertThat(first.batch().writes().getFirst().fields()).containsEntry("other", new Value.Text("a"));
        assertThat(first.requests()).isEqualTo(1);
        assertThat(asked).containsExactly("a", "b");

        held.move(Duration.ofMinutes(9));
        resolve(Map.of("firm", FIRMS), upserts("a", "c"));
        assertThat(asked).containsExactly("a", "b", "c");
        held.move(Duration.ofMinutes(2));
        resolve(Map.of("firm", FIRMS), upserts("a", "c"));
        assertThat(asked).containsExactly("a", "b", "c", "a");
    }

    @Test
    void rowsWithoutACertainRecordAreHeldAndTheOthersGo() {
        answering();
        Resolved resolved = resolve(Map.of("firm", FIRMS), upserts("0", "a", "2", "?", "0x"));

        assertThat(resolved.batch().writes()).extracting(Write::ordinal).containsExactly(1L);
        assertThat(resolved.held())
                .containsOnly(
                        Map.entry(References.NONE, List.of(0L, 4L)),
                        Map.entry(References.SEVERAL, List.of(2L)),
                        Map.entry(References.UNTOLD, List.of(3L)));
        assertThat(resolved.halt()).isEmpty();
        resolve(Map.of("firm", FIRMS), upserts("0", "2"));
        assertThat(asked).as("that there is none is asked anew").containsExactly("0", "a", "2", "?", "0x", "0", "2");
    }

    @Test
    void aStopIsAReasonToSendNothingMore() {
        answering();
        stop.set("stopped");
        Resolved resolved = resolve(Map.of("firm", FIRMS), upserts("a"));

        assertThat(resolved.batch().writes()).isEmpty();
        assertThat(resolved.halt()).map(DeliveryReport.Halt::reason).contains("stopped");
    }

    @Test
    void anAnswerOfTheWrongLengthTellsNothing() {
        destination.referents = values -> new Done<>(List.of(new Referent.One("x")));

        assertThat(resolve(Map.of("firm", FIRMS), upserts("a", "b")).held()).containsOnlyKeys(References.UNTOLD);
    }

    @Test
    void aPairIsKnownByTheIdsOfBoth() {
        answering();
        Map<String, Lookup> both = Map.of("person", PEOPLE, "firm", FIRMS);

        Write added = resolve(both, pair(Action.ADD, Kind.ADD, null, "p", "f"))
                .batch()
                .writes()
                .getFirst();
        assertThat(PAIR.values(added.targetKey()))
                .containsOnly(Map.entry("person", new Value.Text("id-p")), Map.entry("firm", new Value.Text("id-f")));
        asked.clear();
        Write removed = resolve(both, pair(Action.REMOVE, Kind.REMOVE, "1|2", "0", "f"))
                .batch()
                .writes()
                .getFirst();
        assertThat(PAIR.values(removed.targetKey()))
                .containsOnly(Map.entry("person", new Value.Text("1")), Map.entry("firm", new Value.Text("2")));
        assertThat(asked).as("it is remembered with the pair").isEmpty();
    }
}
