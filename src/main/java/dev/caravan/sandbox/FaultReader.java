package dev.caravan.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.fault.Fault;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.fault.Probe.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads fault rules as the control API takes them: one object, a list, or {@code {"faults": […]}}. A rule has an
 * {@code action}, optionally {@code name}, {@code method}, {@code path} (a regular expression), {@code object}, {@code operation} (as
 * the state counts them), {@code after} and {@code times} (default 1, 0 for always), and what its action needs: {@code status},
 * {@code headers}, {@code body}, {@code retry_after} (seconds, or {@code date+seconds}); {@code bytes} and {@code pause_ms};
 * {@code every}; {@code after_rows} and {@code message}. A fault that nobody meant would strike another request, so that whatever is
 * not understood refuses all of them.
 */
final class FaultReader {

    private static final Set<String> COMMON =
            Set.of("action", "name", "method", "path", "object", "operation", "after", "times");
    private static final Map<String, Set<String>> ACTIONS = new LinkedHashMap<>();

    static {
        ACTIONS.put("status", Set.of("status", "headers", "body", "retry_after"));
        ACTIONS.put("reset", Set.of());
        ACTIONS.put("lose_answer", Set.of());
        ACTIONS.put("truncate", Set.of());
        ACTIONS.put("slow", Set.of("bytes", "pause_ms"));
        ACTIONS.put("lock", Set.of("every"));
        ACTIONS.put("expire_tokens", Set.of());
        ACTIONS.put("quota", Set.of());
        ACTIONS.put("fail_job", Set.of("after_rows", "message"));
    }

    private final Map<String, Kind> operations;
    private final Predicate<String> objects;

    /**
     * A reader for one API.
     *
     * @param operations what its requests are called
     * @param objects whether it has an object
     */
    FaultReader(Map<String, Kind> operations, Predicate<String> objects) {
        this.operations = operations;
        this.objects = objects;
    }

    /** What can be done to a request. */
    static Set<String> actions() {
        return Collections.unmodifiableSet(ACTIONS.keySet());
    }

    /** Rules, or why there are none. */
    sealed interface Reading {}

    record Rules(List<Fault> faults) implements Reading {}

    record Refused(String why) implements Reading {}

    Reading read(JsonNode json) {
        JsonNode list = json.has("faults") ? json.path("faults") : json;
        List<Fault> faults = new ArrayList<>();
        for (JsonNode rule : list.isArray() ? list : List.of(list)) {
            FaultRule read = new FaultRule(rule);
            Optional<Fault> fault = fault(read);
            if (fault.isEmpty()) {
                String which = list.isArray() ? "fault " + (faults.size() + 1) + ": " : "";
                return new Refused(which + read.wrong().orElse("not understood"));
            }
            faults.add(fault.get());
        }
        return new Rules(faults);
    }

    private Optional<Fault> fault(FaultRule rule) {
        String word = rule.oneOf("action", ACTIONS.keySet());
        rule.only(COMMON, ACTIONS.getOrDefault(word, Set.of()));
        int times = rule.whole("times", 1, 0);
        Optional<Fault> fault = action(word, rule)
                .map(action -> new Fault(
                        rule.text("name", word),
                        rule.maybe("method"),
                        rule.pattern("path"),
                        rule.maybe("object"),
                        rule.maybe("operation"),
                        rule.whole("after", 0, 0),
                        times == 0 ? Fault.ALWAYS : times,
                        action));
        fault.ifPresent(each -> check(rule, each, word));
        return rule.wrong().isEmpty() ? fault : Optional.empty();
    }

    private void check(FaultRule rule, Fault fault, String word) {
        if (fault.object() != null && !objects.test(fault.object())) {
            rule.wrong("there is no object " + fault.object() + "; /__sandbox/state and sandbox.yaml name them");
        }
        if (fault.operation() != null) {
            Kind kind = operations.get(fault.operation());
            if (kind == null) {
                rule.wrong("there is no operation " + fault.operation() + "; there are "
                        + String.join(", ", operations.keySet()));
            } else if (!fault.fits(kind)) {
                rule.wrong(word + " can do nothing to " + fault.operation());
            }
        }
    }

    private static Optional<FaultAction> action(String word, FaultRule rule) {
        return switch (word) {
            case "status" ->
                Optional.of(new FaultAction.Respond(rule.whole("status", 503, 100), rule.headers(), rule.body()));
            case "reset" -> Optional.of(new FaultAction.Reset());
            case "lose_answer" -> Optional.of(new FaultAction.LoseAnswer());
            case "truncate" -> Optional.of(new FaultAction.Truncate());
            case "slow" ->
                Optional.of(new FaultAction.Slow(
                        rule.whole("bytes", 64, 1), Duration.ofMillis(rule.whole("pause_ms", 100, 0))));
            case "lock" -> Optional.of(new FaultAction.Lock(rule.whole("every", 1, 1)));
            case "expire_tokens" -> Optional.of(new FaultAction.ExpireTokens());
            case "quota" -> Optional.of(new FaultAction.ExhaustQuota());
            case "fail_job" ->
                Optional.of(new FaultAction.FailJob(
                        rule.whole("after_rows", 0, 0),
                        rule.text("message", "TooManyLockFailure : Too many lock failure")));
            default -> Optional.empty();
        };
    }
}
