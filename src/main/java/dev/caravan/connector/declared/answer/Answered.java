package dev.caravan.connector.declared.answer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.re2j.Pattern;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An answer as conditions and selectors see it. JSON is read strictly, so that a cut or doubled answer is no JSON.
 *
 * @param structured whether its body could be read: without it nothing may be concluded from what is not in it
 */
public record Answered(Subject subject, boolean structured) {

    private static final ObjectReader READER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    /** Limits, tables of errors and results all look at the same answer. */
    private static final Function<Body, Optional<JsonNode>> JSON = Answered::parsed;

    private static final Pattern BEGINNING = Pattern.compile("^\\s*(?:\\{\\s*(?:\"|$)|\\[\\s*(?:[\\[{\"]|$))");

    /** Longer texts that are no JSON are cut: nothing but an error page is so long. */
    private static final int LONGEST_TEXT = 10_000;

    /** An answer whose body is JSON, if it is anything. */
    public static Answered of(HttpAnswer answer, Map<String, String> variables) {
        Optional<JsonNode> json = json(answer.body());
        return of(answer, json.orElseGet(() -> text(answer.body())), json.isPresent(), variables);
    }

    /** An answer whose body was read otherwise. */
    static Answered of(HttpAnswer answer, JsonNode body, boolean structured, Map<String, String> variables) {
        return new Answered(new Subject(answer.status(), answer.headers(), Found.root(body), variables), structured);
    }

    /** Whether it was to be JSON, and is not: what it would have said of rows is lost. */
    boolean broken() {
        return !structured
                && BEGINNING.matcher(subject.found().node().asText("")).find();
    }

    /** The JSON in it; empty if it is not exactly one well-formed value. */
    static Optional<JsonNode> json(Body body) {
        return body.read(JSON);
    }

    private static Optional<JsonNode> parsed(Body body) {
        if (body.length() == 0) {
            return Optional.empty();
        }
        try {
            JsonNode node = READER.readTree(body.bytes());
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static JsonNode text(Body body) {
        if (body.length() == 0) {
            return MissingNode.getInstance();
        }
        String text = body.text();
        return JsonNodeFactory.instance.textNode(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    }
}
