package dev.caravan.connector.declared.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.connector.declared.DeclaredDestination;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Conversation;
import dev.caravan.destination.Described;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.row.Value;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plays an example against a connector, without a network. One use, one thread. */
public final class ExampleRun {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Example example;
    private final Optional<TargetSchema> described;
    private final List<String> differences = new ArrayList<>();
    private int asked;

    private ExampleRun(Example example, Optional<TargetSchema> described) {
        this.example = example;
        this.described = described;
    }

    /** What does not agree, in sentences for the person who wrote the example; empty if all does. */
    public static List<String> play(ConnectorSpec spec, Example example) {
        return play(spec, example, List.of());
    }

    /**
     * The same beside the connector's other examples: the first that describes the object says which fields it has, where the connector
     * itself does not.
     */
    public static List<String> play(ConnectorSpec spec, Example example, List<Example> others) {
        Optional<TargetSchema> described = others.stream()
                .filter(other -> other.describes() && other.object().equals(example.object()))
                .flatMap(other -> new ExampleRun(other, Optional.empty())
                        .asked(new DeclaredDestination(spec, other.settings())).stream())
                .findFirst();
        return new ExampleRun(example, described).differences(new DeclaredDestination(spec, example.settings()));
    }

    private Optional<TargetSchema> asked(DeclaredDestination destination) {
        List<TargetSchema> schemas = new ArrayList<>();
        told(destination.describe(example.object()), found -> {
            if (found instanceof Described.Schema known) {
                schemas.add(known.schema());
            }
            return List.of();
        });
        return schemas.stream().findFirst();
    }

    private List<String> differences(DeclaredDestination destination) {
        Optional<List<String>> played = example.describes()
                ? Optional.of(told(destination.describe(example.object()), ExampleRun::fields))
                : example.action().map(action -> delivered(destination, action)).orElseGet(() -> lookedUp(destination));
        if (played.isEmpty()) {
            String what = example.action().map(Action::toString).orElse("look up");
            return List.of("the connector cannot " + what + " " + example.object());
        }
        List<String> told = played.get();
        if (asked < example.exchanges().size()) {
            differences.add("%d requests were sent, the example has %d"
                    .formatted(asked, example.exchanges().size()));
        }
        if (!told.equals(example.outcomes())) {
            differences.add("outcomes: " + told + " where the example says " + example.outcomes());
        }
        return List.copyOf(differences);
    }

    private Optional<List<String>> delivered(DeclaredDestination destination, Action action) {
        if (!destination.capabilities(example.object()).can(action)) {
            return Optional.empty();
        }
        Batch batch =
                new Batch(action, example.job(), example.object(), example.key(), schema(destination), example.rows());
        return Optional.of(told(destination.deliver(batch), each(Words::of)));
    }

    private Optional<List<String>> lookedUp(DeclaredDestination destination) {
        List<Value> keys = example.rows().stream().map(Write::targetKey).toList();
        return destination
                .identify(example.object(), example.key().fields().getFirst(), keys)
                .map(talk -> told(talk, each(Words::of)));
    }

    private static List<String> fields(Described described) {
        return switch (described) {
            case Described.Schema known ->
                known.schema().fields().stream().map(Words::of).toList();
            case Described.Failed failed ->
                List.of("failed " + failed.problem().code().text());
        };
    }

    private static <T> Function<List<T>, List<String>> each(Function<T, String> words) {
        return results -> results.stream().map(words).toList();
    }

    /** The fields that the connector knows, else those that an example was told; without one any may be there. */
    private TargetSchema schema(DeclaredDestination destination) {
        return destination.describe(example.object()) instanceof Conversation.Done<Described> done
                        && done.result() instanceof Described.Schema known
                ? known.schema()
                : described.orElseGet(
                        () -> new TargetSchema(example.object(), List.of(), Optional.of(TargetField.Kind.OTHER)));
    }

    private <R> List<String> told(Conversation<R> talk, Function<R, List<String>> words) {
        Conversation<R> at = talk;
        while (true) {
            switch (at) {
                case Conversation.Done<R> done -> {
                    return words.apply(done.result());
                }
                case Conversation.LeaveOpen<R> open -> {
                    return List.of("left open: " + open.reason());
                }
                case Conversation.Send<R> send -> at = send.then().apply(answer(HttpRequest.of(send.request())));
                case Conversation.Remember<R> remember -> at = remember.then().get();
                case Conversation.Pause<R> pause -> at = pause.then().get();
            }
        }
    }

    private Reply answer(HttpRequest request) {
        int number = asked++;
        if (number >= example.exchanges().size()) {
            differences.add(
                    "request %d is not in the example: %s %s".formatted(number + 1, request.method(), request.path()));
            return new Reply.NotSent("example", "", Optional.empty(), 0);
        }
        Example.Exchange exchange = example.exchanges().get(number);
        compare(number + 1, "call", request.method() + " " + request.path(), exchange.call());
        exchange.headers()
                .forEach((name, value) ->
                        compare(number + 1, "header " + name, request.headers().getOrDefault(name, ""), value));
        if (exchange.saysBody()) {
            bodies(number + 1, request.body().text(), text(exchange.body()));
        }
        return exchange.answer();
    }

    private void bodies(int number, String sent, String said) {
        JsonNode one = tree(sent);
        JsonNode other = tree(said);
        if (one.isContainerNode() && other.isContainerNode()) {
            BodyDifference.between(one, other)
                    .forEach(place -> compare(number, "body at " + place.path(), place.sent(), place.said()));
        } else if (!one.equals(other)) {
            compare(number, "body", sent, said);
        }
    }

    private void compare(int number, String what, String sent, String said) {
        if (!sent.equals(said)) {
            differences.add("request %d, %s: %s where the example says %s".formatted(number, what, sent, said));
        }
    }

    /** JSON whatever the order of its members; any other text as it is. */
    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException other) {
            return TextNode.valueOf(text);
        }
    }

    private static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }
}
