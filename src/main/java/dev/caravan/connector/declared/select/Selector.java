package dev.caravan.connector.declared.select;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A way into a JSON value: {@code $}, {@code .name}, {@code ['name']}, {@code [0]}, {@code [*]}, and {@code [{key_field}]} for a member named
 * by the sync. A {@code ~} at the end asks for the names of what was found in place of the nodes. Immutable.
 *
 * @param source as written
 * @param names whether the names are asked for
 */
public record Selector(String source, List<Step> steps, boolean names) {

    public Selector {
        steps = List.copyOf(steps);
    }

    /**
     * Everything it finds, in order.
     *
     * @param variables what {@link Step.Variable} stands for
     */
    public List<Found> all(Found start, Map<String, String> variables) {
        List<Found> found = List.of(start);
        for (Step step : steps) {
            List<Found> next = new ArrayList<>(found.size());
            for (Found one : found) {
                take(step, one.node(), variables, next);
            }
            found = next;
        }
        return Collections.unmodifiableList(found);
    }

    /**
     * Whether the list is there of which it finds the items, if only empty. An answer that lacks it does not say that there are none. True of a
     * selector that asks for no items.
     */
    public boolean lists(Found start, Map<String, String> variables) {
        if (steps.isEmpty() || !(steps.getLast() instanceof Step.All)) {
            return true;
        }
        return new Selector(source, steps.subList(0, steps.size() - 1), false)
                .all(start, variables).stream().anyMatch(found -> found.node().isContainerNode());
    }

    /** The texts of what it finds: scalars as they are, other nodes as JSON, names where those are asked for; nulls left out. */
    public List<String> texts(Found start, Map<String, String> variables) {
        List<String> texts = new ArrayList<>();
        for (Found found : all(start, variables)) {
            if (names) {
                texts.add(found.name());
            } else if (!empty(found.node())) {
                texts.add(text(found.node()));
            }
        }
        return texts;
    }

    /** The first of {@link #texts}. */
    public Optional<String> text(Found start, Map<String, String> variables) {
        List<String> texts = texts(start, variables);
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.getFirst());
    }

    private static void take(Step step, JsonNode node, Map<String, String> variables, List<Found> into) {
        switch (step) {
            case Step.Name name -> member(node, name.name(), into);
            case Step.Variable variable -> member(node, variables.getOrDefault(variable.variable(), ""), into);
            case Step.Index index
            when node.isArray() && node.has(index.index()) ->
                into.add(new Found(node.get(index.index()), Integer.toString(index.index())));
            case Step.Index index -> {}
            case Step.All all
            when node.isArray() -> {
                for (int i = 0; i < node.size(); i++) {
                    into.add(new Found(node.get(i), Integer.toString(i)));
                }
            }
            case Step.All all ->
                node.properties().forEach(member -> into.add(new Found(member.getValue(), member.getKey())));
        }
    }

    private static void member(JsonNode node, String name, List<Found> into) {
        JsonNode member = node.isObject() ? node.get(name) : null;
        if (member != null) {
            into.add(new Found(member, name));
        }
    }

    /** Whether a node says nothing: it is not there, or null. */
    static boolean empty(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** A scalar as text without quotes, anything else as JSON. */
    static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }

    @Override
    public String toString() {
        return source;
    }
}
