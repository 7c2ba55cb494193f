package dev.caravan.connector.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.row.Value;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** Real exchanges of a vendor. Nothing of them is in this repository: where they are not at hand, a test says so and is skipped. */
public final class Recorded {

    static final ObjectMapper JSON = new ObjectMapper();

    private Recorded() {}

    /** All of them, in their order. */
    public static List<Exchange> of(String vendor) {
        Path file = Path.of(System.getProperty("caravan.shared", "../shared"), "recorded", vendor + ".jsonl");
        if (!Files.exists(file)) {
            System.out.println(
                    "SKIPPED: no recorded exchanges at " + file.toAbsolutePath() + "; set -Dcaravan.shared=FOLDER");
        }
        Assumptions.assumeTrue(Files.exists(file), () -> "there are no recorded exchanges at " + file);
        List<Exchange> exchanges = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                exchanges.add(new Exchange(JSON.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exchanges;
    }

    /** One request and its answer. */
    public record Exchange(JsonNode json) {

        String method() {
            return json.path("method").asText();
        }

        String path() {
            return json.path("path").asText();
        }

        /** A part of the path between slashes, from 1. */
        String segment(int number) {
            return path().split("/", -1)[number].replace(".json", "");
        }

        JsonNode request() {
            return json.path("request");
        }

        JsonNode response() {
            return json.path("response");
        }

        int status() {
            return json.path("status").asInt();
        }

        /** Its method and path without what is different each time. */
        String kind() {
            return method() + " " + path().replaceAll("[0-9a-f]{24}|\\b[0-9]\\w{17}\\b|\\d{5,}", "…");
        }

        public HttpAnswer answer() {
            Map<String, List<String>> headers = new HashMap<>();
            json.path("responseHeaders").properties().forEach(header -> {
                List<String> values = new ArrayList<>();
                header.getValue().forEach(value -> values.add(value.asText()));
                headers.put(header.getKey().toLowerCase(Locale.ROOT), values);
            });
            String body =
                    response().isTextual() ? response().asText() : response().toString();
            return new HttpAnswer(status(), headers, Body.of(body), 1);
        }
    }

    /** How often each kind of exchange was left out, and a line about it. */
    public static void leftOut(String vendor, List<Exchange> exchanges) {
        Map<String, Integer> kinds = new TreeMap<>();
        exchanges.forEach(exchange -> kinds.merge(exchange.kind(), 1, Integer::sum));
        System.out.println(vendor + ": read-only exchanges that were left out: " + kinds);
    }

    /** The members of an object as a row has them. */
    static Map<String, Value> fields(JsonNode object) {
        Map<String, Value> fields = new LinkedHashMap<>();
        object.properties().forEach(member -> fields.put(member.getKey(), value(member.getValue())));
        return fields;
    }

    private static Value value(JsonNode json) {
        if (json.isNull()) {
            return Value.ofNull();
        }
        if (json.isContainerNode()) {
            return new Value.Json(json.toString());
        }
        if (json.isBoolean()) {
            return new Value.Bool(json.booleanValue());
        }
        return json.isNumber() ? new Value.Decimal(json.decimalValue()) : new Value.Text(json.asText());
    }

    /** Whether all that one tree says stands in the other too; lists are the same as wholes. */
    static boolean within(JsonNode small, JsonNode large) {
        if (!small.isObject()) {
            boolean numbers = small.isNumber() && large.isNumber();
            return numbers ? small.decimalValue().compareTo(large.decimalValue()) == 0 : small.equals(large);
        }
        return small.properties().stream()
                .allMatch(
                        member -> large.has(member.getKey()) && within(member.getValue(), large.get(member.getKey())));
    }
}
