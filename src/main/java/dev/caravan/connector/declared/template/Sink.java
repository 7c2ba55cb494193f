package dev.caravan.connector.declared.template;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where JSON goes piece by piece. A name waits for its value, so that a member whose value is not there leaves nothing. One thread. */
abstract sealed class Sink {

    private @Nullable String name;

    /** The next value is the member of this name. */
    final void name(String text) {
        name = text;
    }

    /** There is no such member after all. */
    final void noValue() {
        name = null;
    }

    /** The name that the value about to be written has; null in a list, and for the whole. */
    final @Nullable String takeName() {
        String taken = name;
        name = null;
        return taken;
    }

    abstract void beginObject();

    abstract void beginList();

    abstract void end();

    abstract void text(String text);

    abstract void node(JsonNode node);

    /** A tree in memory, for what has to be looked at before it goes on. */
    static final class Nodes extends Sink {

        private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

        private final Deque<JsonNode> open = new ArrayDeque<>();
        private @Nullable JsonNode whole;

        /** What was written; empty if nothing was. */
        Optional<JsonNode> whole() {
            return Optional.ofNullable(whole);
        }

        @Override
        void beginObject() {
            ObjectNode object = NODES.objectNode();
            node(object);
            open.push(object);
        }

        @Override
        void beginList() {
            ArrayNode list = NODES.arrayNode();
            node(list);
            open.push(list);
        }

        @Override
        void end() {
            open.pop();
        }

        @Override
        void text(String text) {
            node(NODES.textNode(text));
        }

        @Override
        void node(JsonNode node) {
            String name = takeName();
            switch (open.peek()) {
                case ObjectNode object when name != null -> object.set(name, node);
                case ArrayNode list -> list.add(node);
                case null, default -> whole = node;
            }
        }
    }

    /** The bytes of a body. */
    static final class Bytes extends Sink {

        private final JsonGenerator out;
        private final Map<String, SerializableString> names = new HashMap<>();

        Bytes(JsonGenerator out) {
            this.out = out;
        }

        private interface Writing {
            void run() throws IOException;
        }

        private void value(Writing writing) {
            try {
                String name = takeName();
                if (name != null) {
                    out.writeFieldName(names.computeIfAbsent(name, SerializedString::new));
                }
                writing.run();
            } catch (IOException impossible) {
                throw new UncheckedIOException("every tree can be written into memory", impossible);
            }
        }

        @Override
        void beginObject() {
            value(out::writeStartObject);
        }

        @Override
        void beginList() {
            value(out::writeStartArray);
        }

        @Override
        void end() {
            value(() -> {
                if (out.getOutputContext().inObject()) {
                    out.writeEndObject();
                } else {
                    out.writeEndArray();
                }
            });
        }

        @Override
        void text(String text) {
            value(() -> out.writeString(text));
        }

        @Override
        void node(JsonNode node) {
            value(() -> out.writeTree(node));
        }
    }
}
