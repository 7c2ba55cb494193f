package dev.caravan.config.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSets;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Lookup;
import dev.caravan.normalise.Compiled;
import dev.caravan.normalise.Normalisers;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.row.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Field sets as stored text and back. The text holds what decides the values that are written, and nothing else: fields by
 * name, without defaults, places, descriptions or {@code pii}; so two files that mean the same have one definition. Column
 * types are not in it: a definition is the same whether or not the model's schema was known, and is evaluated by the types
 * of the values themselves.
 */
public final class FieldDefinitions implements FieldSets {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Place STORED = Place.ofFile("(stored definition)");

    /** The field set of these rules and this key, with its definition and version. */
    public FieldSet of(List<FieldRule> rules, FieldSource key) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("v", 1);
        root.set("key", source(key));
        ArrayNode fields = root.putArray("fields");
        rules.stream().sorted(Comparator.comparing(FieldRule::field)).forEach(rule -> fields.add(rule(rule)));
        String definition = root.toString();
        return new FieldSet(rules, definition, version(definition));
    }

    @Override
    public FieldSet parse(String definition) {
        try {
            JsonNode root = JSON.readTree(definition);
            if (!root.path("fields").isArray()) {
                throw unreadable();
            }
            List<FieldRule> rules = new ArrayList<>();
            for (JsonNode field : root.path("fields")) {
                rules.add(rule(field));
            }
            return new FieldSet(rules, definition, version(definition));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static ObjectNode source(FieldSource source) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        return switch (source) {
            case FieldSource.Column column -> node.put("column", column.column());
            case FieldSource.Constant constant -> node.put("constant", ValueCodec.encode(constant.value()));
            case FieldSource.Computed computed -> node.put("cel", computed.text());
            case FieldSource.LookedUp lookedUp -> {
                ObjectNode of = source(lookedUp.of());
                of.putObject("lookup")
                        .put("object", lookedUp.lookup().object())
                        .put("key", lookedUp.lookup().field());
                yield of;
            }
            case FieldSource.Composite composite -> {
                ArrayNode parts = node.putArray("parts");
                composite.parts().forEach(part -> parts.add(source(part)));
                yield node;
            }
            case FieldSource.Normalising normalising -> {
                ObjectNode of = source(normalising.of());
                of.put(
                        normalising.hashed() ? "hashed" : "normalise",
                        normalising.normaliser().text());
                normalising.country().ifPresent(column -> of.put("country", column));
                yield of;
            }
        };
    }

    private static ObjectNode rule(FieldRule rule) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("field", rule.field());
        node.setAll(source(rule.source()));
        rule.round().ifPresent(digits -> node.put("round", digits));
        if (!rule.triggers()) {
            node.put("triggers", false);
        }
        if (rule.whenEmpty() == WhenEmpty.KEEP) {
            node.put("when_empty", "keep");
        }
        return node;
    }

    private static FieldRule rule(JsonNode node) {
        Optional<Integer> round =
                node.has("round") ? Optional.of(node.get("round").asInt()) : Optional.empty();
        WhenEmpty whenEmpty = node.path("when_empty").asText("clear").equals("keep") ? WhenEmpty.KEEP : WhenEmpty.CLEAR;
        return new FieldRule(
                node.path("field").asText(),
                source(node),
                round,
                node.path("triggers").asBoolean(true),
                whenEmpty,
                false,
                STORED);
    }

    private static FieldSource source(JsonNode node) {
        JsonNode lookup = node.path("lookup");
        return lookup.isObject()
                ? new FieldSource.LookedUp(
                        normalised(node),
                        new Lookup(
                                lookup.path("object").asText(),
                                lookup.path("key").asText()))
                : normalised(node);
    }

    private static FieldSource normalised(JsonNode node) {
        boolean hashed = node.has("hashed");
        if (!hashed && !node.has("normalise")) {
            return plain(node);
        }
        return switch (Normalisers.compile(
                node.path(hashed ? "hashed" : "normalise").asText())) {
            case Compiled.Done done ->
                new FieldSource.Normalising(
                        plain(node),
                        done.normaliser(),
                        hashed,
                        Optional.ofNullable(node.get("country")).map(JsonNode::asText));
            case Compiled.Wrong wrong -> throw unreadable();
        };
    }

    private static FieldSource plain(JsonNode node) {
        if (node.has("column")) {
            return new FieldSource.Column(node.get("column").asText());
        }
        if (node.has("constant")) {
            return new FieldSource.Constant(
                    ValueCodec.decode(node.get("constant").asText()));
        }
        return switch (new Expressions(KnownColumns.NONE)
                .compile(node.path("cel").asText())) {
            case Compilation.Done done -> done.source();
            case Compilation.Wrong wrong -> throw unreadable();
        };
    }

    private static RunFailure unreadable() {
        return new RunFailure(Problem.of(
                Code.SNAPSHOT_DAMAGED,
                "a stored field definition cannot be read",
                "it was written by another version, or the snapshot is damaged: reset the mapping"));
    }

    private static String version(String definition) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(definition.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
