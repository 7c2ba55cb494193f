package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads fault rules as the control API takes them: one object, a list, or {@code {"faults": […]}}. A rule has an
 * {@code action}, optionally {@code name}, {@code method}, {@code path} (a regular expression), {@code object},
 * {@code after} and {@code times} (default 1, 0 for always), and what its action needs: {@code status}, {@code headers},
 * {@code body}, {@code retry_after} (seconds, or {@code date+seconds}); {@code bytes} and {@code pause_ms}; {@code every};
 * {@code after_rows} and {@code message}.
 */
final class FaultReader {

    private FaultReader() {}

    /** Rules, or why there are none. */
    sealed interface Reading {}

    record Rules(List<Fault> faults) implements Reading {}

    record Unreadable(String why) implements Reading {}

    static Reading read(JsonNode json) {
        JsonNode list = json.has("faults") ? json.path("faults") : json;
        List<Fault> faults = new ArrayList<>();
        for (JsonNode rule : list.isArray() ? list : List.of(list)) {
            Optional<FaultAction> action = action(rule);
            if (action.isEmpty()) {
                return new Unreadable("Unknown action '" + rule.path("action").asText("")
                        + "': one of status, reset, lose_answer, truncate, slow, lock, expire_tokens, quota, fail_job");
            }
            try {
                faults.add(rule(rule, action.get()));
            } catch (PatternSyntaxException e) {
                return new Unreadable("path is not a regular expression: " + e.getDescription());
            }
        }
        return new Rules(faults);
    }

    private static Fault rule(JsonNode rule, FaultAction action) {
        String path = text(rule, "path");
        int times = rule.path("times").asInt(1);
        return new Fault(
                rule.path("name").asText(rule.path("action").asText()),
                text(rule, "method"),
                path == null ? null : Pattern.compile(path),
                text(rule, "object"),
                rule.path("after").asInt(0),
                times == 0 ? Fault.ALWAYS : times,
                action);
    }

    private static Optional<FaultAction> action(JsonNode rule) {
        return switch (rule.path("action").asText("")) {
            case "status" -> Optional.of(respond(rule));
            case "reset" -> Optional.of(new FaultAction.Reset());
            case "lose_answer" -> Optional.of(new FaultAction.LoseAnswer());
            case "truncate" -> Optional.of(new FaultAction.Truncate());
            case "slow" ->
                Optional.of(new FaultAction.Slow(
                        rule.path("bytes").asInt(64),
                        Duration.ofMillis(rule.path("pause_ms").asLong(100))));
            case "lock" -> Optional.of(new FaultAction.Lock(rule.path("every").asInt(1)));
            case "expire_tokens" -> Optional.of(new FaultAction.ExpireTokens());
            case "quota" -> Optional.of(new FaultAction.ExhaustQuota());
            case "fail_job" ->
                Optional.of(new FaultAction.FailJob(
                        rule.path("after_rows").asInt(0),
                        rule.path("message").asText("TooManyLockFailure : Too many lock failure")));
            default -> Optional.empty();
        };
    }

    private static FaultAction respond(JsonNode rule) {
        Map<String, String> headers = new LinkedHashMap<>();
        rule.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        if (rule.has("retry_after")) {
            headers.put("Retry-After", rule.path("retry_after").asText());
        }
        JsonNode body = rule.path("body");
        return new FaultAction.Respond(
                rule.path("status").asInt(503),
                headers,
                body.isTextual() ? body.asText() : body.isMissingNode() ? "" : body.toString());
    }

    private static @Nullable String text(JsonNode rule, String name) {
        return rule.hasNonNull(name) ? rule.path(name).asText() : null;
    }
}
