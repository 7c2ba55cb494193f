package dev.caravan.destination.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.PublishAnswer;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import dev.caravan.transport.StoreAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages good answers, the same way for the same seed. */
public final class Mutations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] STATUSES = {
        100, 200, 201, 202, 204, 207, 300, 400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 503
    };

    private final Random random;

    public Mutations(Random random) {
        this.random = random;
    }

    /** What became of an answer. */
    public enum Damage {
        /** Nothing of its content is left: cut, empty, or another kind of text. */
        DESTROYED,
        /** Its content is another one now. */
        CHANGED,
        /** It came with another status, or not at all. */
        OTHERWISE,
        /** It is as it was. */
        NONE
    }

    /**
     * A damaged answer.
     *
     * @param spoilt the place of a row of which it says now that it was not written; -1 if it says so of none
     */
    public record Damaged(Damage damage, Reply reply, int spoilt) {

        Damaged(Damage damage, Reply reply) {
            this(damage, reply, -1);
        }
    }

    /** An answer that is left as it is. */
    static Damaged none(Reply reply) {
        return new Damaged(Damage.NONE, reply);
    }

    /** One damage done to an answer. */
    public Damaged damage(Reply reply) {
        return switch (reply) {
            case HttpAnswer good -> http(good);
            case SqlAnswer good -> new TypedDamage(random).of(good);
            case StoreAnswer good -> new TypedDamage(random).of(good);
            case PublishAnswer good -> new TypedDamage(random).of(good);
            case Reply.NotSent none -> new Damaged(Damage.OTHERWISE, none);
            case Reply.Lost none -> new Damaged(Damage.OTHERWISE, none);
        };
    }

    private Damaged http(HttpAnswer good) {
        return switch (random.nextInt(10)) {
            case 0 ->
                destroyed(
                        good,
                        good.body()
                                .text()
                                .substring(0, random.nextInt(good.body().text().length() + 1) / 2));
            case 1 -> destroyed(good, "");
            case 2 -> destroyed(good, "<!DOCTYPE html><html><body>Bad \u00fcber gateway</body></html>");
            case 3 -> destroyed(good, "[".repeat(5_000));
            case 4 -> destroyed(good, "x".repeat(1_000_000));
            case 5 ->
                new Damaged(
                        Damage.OTHERWISE,
                        with(
                                good,
                                STATUSES[random.nextInt(STATUSES.length)],
                                good.body().text()));
            case 6 -> new Damaged(Damage.OTHERWISE, new Reply.Lost("timeout", 1));
            default ->
                new Damaged(
                        Damage.CHANGED,
                        with(good, good.status(), changed(good.body().text())));
        };
    }

    private static Damaged destroyed(HttpAnswer good, String body) {
        return new Damaged(Damage.DESTROYED, with(good, good.status(), body));
    }

    private static HttpAnswer with(HttpAnswer good, int status, String body) {
        return new HttpAnswer(status, good.headers(), Body.of(body), good.requests());
    }

    private String changed(String body) {
        try {
            return node(JSON.readTree(body), 3).toString();
        } catch (JsonProcessingException other) {
            return body + "\u0000";
        }
    }

    private JsonNode node(JsonNode node, int depth) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            return object(object, depth);
        }
        if (node instanceof ArrayNode array && !array.isEmpty()) {
            return list(array, depth);
        }
        return other(node);
    }

    private JsonNode object(ObjectNode object, int depth) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        ObjectNode copy = object.deepCopy();
        if (depth > 0 && random.nextInt(4) > 0) {
            copy.set(name, node(object.get(name), depth - 1));
        } else {
            copy.remove(name);
        }
        return copy;
    }

    private JsonNode list(ArrayNode array, int depth) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        int at = random.nextInt(items.size());
        switch (random.nextInt(6)) {
            case 0 -> items.remove(at);
            case 1 -> items.add(at, items.get(at));
            case 2 -> Collections.shuffle(items, random);
            case 3 -> items.set(at, other(items.get(at)));
            case 4 -> items.set(at, items.get(random.nextInt(items.size())));
            default -> items.set(at, node(items.get(at), depth));
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        items.forEach(list::add);
        return list;
    }

    private JsonNode other(JsonNode node) {
        return switch (random.nextInt(6)) {
            case 0 -> JsonNodeFactory.instance.nullNode();
            case 1 -> JsonNodeFactory.instance.textNode(node.asText() + "?");
            case 2 -> JsonNodeFactory.instance.numberNode(random.nextLong());
            case 3 -> JsonNodeFactory.instance.arrayNode().add(node);
            case 4 -> JsonNodeFactory.instance.objectNode().set("was", node);
            default -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
        };
    }
}
