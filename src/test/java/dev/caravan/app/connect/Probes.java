package dev.caravan.app.connect;

import dev.caravan.app.connect.ConnectorFacts.Meaning;
import dev.caravan.app.connect.ConnectorFacts.Take;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Destination;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import dev.caravan.row.ValueType;
import dev.caravan.transport.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks a destination itself what it does: a row, a reply, a value that is awkward. */
final class Probes {

    private static final int LONGEST_TALK = 20;

    /** What some kind of field or other does not take. */
    private static final Map<ValueType, List<Value>> AWKWARD = Map.of(
            ValueType.TEXT,
            List.of(text(""), text("no such thing"), text("a\0"), text("\ud83d")),
            ValueType.INTEGER,
            List.of(new Value.Int(123_456_789)),
            ValueType.DECIMAL,
            List.of(new Value.Decimal(new BigDecimal("1.5"))),
            ValueType.DOUBLE,
            List.of(new Value.Real(Double.NaN)),
            ValueType.BOOLEAN,
            List.of(new Value.Bool(true)),
            ValueType.DATE,
            List.of(new Value.Date(LocalDate.of(9999, 1, 1))),
            ValueType.TIMESTAMPTZ,
            List.of(new Value.ZonedTimestamp(Instant.parse("9999-01-01T00:00:00Z"))));

    private Probes() {}

    private static Value text(String text) {
        return new Value.Text(text);
    }

    /**
     * What makes an action be of another class.
     *
     * @param where in words
     * @param unique the field that the destination keeps unique for it; empty for none
     */
    record Case(String where, Destination destination, String unique) {}

    /** An object with a key and a field, one of whose fields the destination keeps unique. */
    private static TargetSchema schema(String object, String unique) {
        List<TargetField> fields = Stream.of("id", "f", unique)
                .distinct()
                .map(name -> new TargetField(
                        name, Kind.TEXT, 0, 0, 0, true, true, true, false, true, name.equals(unique), false, List.of()))
                .toList();
        return new TargetSchema(object, fields);
    }

    private static Batch batch(Action action, TargetSchema schema, boolean job) {
        PlannedWrite.Kind kind = action == Action.DELETE ? PlannedWrite.Kind.REMOVE : PlannedWrite.Kind.ADD;
        Write row = new Write(0, kind, new Value.Text("k"), null, Map.of("f", new Value.Text("v")));
        return new Batch(action, job, schema.object(), "id", schema, List.of(row));
    }

    /** The class of an action, with the words for where it is another. */
    static String idempotency(Destination destination, Action action, String object, List<Case> cases) {
        IdempotencyClass plain = destination.idempotency(batch(action, schema(object, ""), false));
        String others = cases.stream()
                .map(each -> Map.entry(
                        each.where(),
                        each.destination().idempotency(batch(action, schema(object, each.unique()), false))))
                .filter(each -> each.getValue() != plain)
                .map(each -> each.getValue() + " where " + each.getKey() + ", else ")
                .collect(Collectors.joining());
        String job = destination.capabilities(object).of(action).jobRows() > 0
                ? "; of a job " + destination.idempotency(batch(action, schema(object, ""), true))
                : "";
        return others + plain + job;
    }

    /** What one row comes to when every request of its batch is answered so. */
    static Outcome outcome(Destination destination, Action action, String object, Reply reply) {
        Conversation<List<Outcome>> talk = destination.deliver(batch(action, schema(object, "id"), false));
        for (int i = 0; i < LONGEST_TALK; i++) {
            switch (talk) {
                case Conversation.Done<List<Outcome>> done -> {
                    return done.result().getFirst();
                }
                case Conversation.Send<List<Outcome>> send -> talk = send.then().apply(reply);
                case Conversation.Pause<List<Outcome>> pause ->
                    talk = pause.then().get();
                case Conversation.Remember<List<Outcome>> remember ->
                    talk = remember.then().get();
                case Conversation.LeaveOpen<List<Outcome>> open -> throw new IllegalStateException("left open");
            }
        }
        throw new IllegalStateException("no end");
    }

    /** What a reply means for the rows of its request, and for the connection. */
    static Meaning meaning(String of, Destination destination, Action action, String object, Reply reply) {
        String rows = said(outcome(destination, action, object, reply));
        String connection = switch (destination.observe(reply, Instant.EPOCH).state()) {
            case WELL -> "";
            case BUSY -> "; the connection slows down";
            case EXHAUSTED -> "; the connection stops until the allowance comes back";
            case TROUBLED -> "; the connection's breaker counts it";
            case LOCKED_OUT -> "; the connection stops until a person mends it";
        };
        return new Meaning(of, rows + connection);
    }

    static String said(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> "accepted";
            case Outcome.Unchanged unchanged -> "nothing left to do";
            case Outcome.Rejected rejected -> ReadmeBlock.word(rejected.errorClass());
            case Outcome.Deferred deferred -> "not applied, tried again";
            case Outcome.Unknown unknown -> "unknown";
        };
    }

    /** What fields of these kinds are filled from, those alike together. */
    static List<Take> takes(Destination destination, Collection<Kind> kinds) {
        Map<List<String>, Set<String>> alike = new LinkedHashMap<>();
        for (Kind kind : kinds) {
            List<ValueType> types = Arrays.stream(ValueType.values())
                    .filter(type -> destination.mismatch(field(kind), type).isEmpty())
                    .toList();
            Set<String> misfits = types.isEmpty()
                    ? Set.of()
                    : Stream.concat(
                                    Stream.of(Value.ofNull()),
                                    types.stream().flatMap(type -> AWKWARD.getOrDefault(type, List.of()).stream()))
                            .flatMap(value -> destination.misfit(field(kind), value).stream())
                            .collect(Collectors.toCollection(TreeSet::new));
            String all = types.size() == ValueType.values().length ? "any type" : ReadmeBlock.words(types);
            alike.computeIfAbsent(List.of(all, String.join(", ", misfits)), none -> new TreeSet<>())
                    .add(ReadmeBlock.word(kind));
        }
        return alike.entrySet().stream()
                .map(each -> new Take(
                        String.join(", ", each.getValue()),
                        each.getKey().get(0).isEmpty()
                                ? "nothing: it is not written"
                                : each.getKey().get(0),
                        each.getKey().get(1).isEmpty() ? "–" : each.getKey().get(1)))
                .toList();
    }

    /** A field with every limit that a field can have. */
    private static TargetField field(Kind kind) {
        List<String> values = kind == Kind.ENUM ? List.of("a") : List.of();
        return new TargetField("f", kind, 3, 3, 1, true, true, false, false, false, false, false, values);
    }

    static Reply notSent(String reason) {
        return new Reply.NotSent(reason, "", Optional.empty(), 0);
    }

    static Reply lost() {
        return new Reply.Lost("timeout", 1);
    }

    static String shown(Duration time) {
        return DeclaredFacts.shown(time);
    }
}
