package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One rule of the control API, field by field. A field that is not what it should be is named, with what it may be. */
final class FaultRule {

    private final JsonNode json;
    private @Nullable String wrong;

    FaultRule(JsonNode json) {
        this.json = json;
    }

    /** What is wrong with it first, in words for who wrote it; empty if nothing is. */
    Optional<String> wrong() {
        return Optional.ofNullable(wrong);
    }

    void wrong(String why) {
        wrong = wrong == null ? why : wrong;
    }

    String oneOf(String field, Set<String> words) {
        String word = text(field, "");
        if (!words.contains(word)) {
            wrong("unknown " + field + " '" + word + "': one of " + String.join(", ", words));
        }
        return word;
    }

    void only(Set<String> common, Set<String> own) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        names.removeAll(common);
        names.removeAll(own);
        if (!names.isEmpty()) {
            wrong("unknown field " + names.getFirst() + ": this action takes "
                    + String.join(", ", own.stream().sorted().toList()) + (own.isEmpty() ? "" : ", ")
                    + String.join(", ", common.stream().sorted().toList()));
        }
    }

    String text(String field, String otherwise) {
        String text = maybe(field);
        return text == null ? otherwise : text;
    }

    @Nullable
    String maybe(String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            wrong(field + " is not a text");
        }
        return value.asText();
    }

    @Nullable
    Pattern pattern(String field) {
        String text = maybe(field);
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            wrong(field + " is not a regular expression: " + e.getDescription());
            return null;
        }
    }

    int whole(String field, int otherwise, int least) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.asInt() < least) {
            wrong(field + " is not a whole number of " + least + " or more");
        }
        return value.asInt();
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        if (json.has("retry_after")) {
            headers.put("Retry-After", json.path("retry_after").asText());
        }
        return headers;
    }

    String body() {
        JsonNode body = json.path("body");
        return body.isTextual() ? body.asText() : body.isMissingNode() ? "" : body.toString();
    }
}
