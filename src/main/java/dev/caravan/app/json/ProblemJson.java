package dev.caravan.app.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code {problems: [{code, place, message, suggestion, excerpt}], exit}}: what went wrong and the exit code it means. */
public final class ProblemJson {

    private static final Pattern PLACE = Pattern.compile("(.*):(\\d+):(\\d+)");

    private ProblemJson() {}

    /** The exit code that a kind of failure means: 1 a run failed, 2 invalid input, 3 the environment. */
    public static int exitOf(CaravanException failure) {
        return switch (failure) {
            case InvalidInput invalid -> 2;
            case EnvironmentFailure environment -> 3;
            case RunFailure run -> 1;
        };
    }

    /** A failure as one object. */
    public static ObjectNode write(CaravanException failure) {
        return write(failure.problems(), exitOf(failure));
    }

    /** Problems with an exit code. */
    public static ObjectNode write(List<Problem> problems, int exit) {
        ObjectNode node = Json.object();
        node.set("problems", Json.list(problems, ProblemJson::one));
        return node.put("exit", exit);
    }

    /** The failure that {@link #write(CaravanException)} wrote. */
    public static CaravanException read(JsonNode node) {
        List<Problem> problems = Json.items(node, "problems", ProblemJson::one);
        return switch (node.path("exit").asInt()) {
            case 2 -> new InvalidInput(problems);
            case 3 -> new EnvironmentFailure(problems.getFirst());
            default -> new RunFailure(problems.getFirst());
        };
    }

    /** The problems that {@link #write(List, int)} wrote. */
    public static List<Problem> readAll(JsonNode node) {
        return Json.items(node, "problems", ProblemJson::one);
    }

    private static ObjectNode one(Problem problem) {
        ObjectNode node = Json.object().put("code", problem.code().text());
        node.put("place", problem.place() == null ? null : problem.place().toString());
        node.put("message", problem.message()).put("suggestion", problem.suggestion());
        if (problem.excerpt() != null) {
            node.put("excerpt", problem.excerpt());
        }
        return node;
    }

    private static Problem one(JsonNode node) {
        String text = node.path("code").asText();
        Code code = Arrays.stream(Code.values())
                .filter(candidate -> candidate.text().equals(text))
                .findFirst()
                .orElse(Code.OWNER_UNREACHABLE);
        return new Problem(
                code,
                place(Json.text(node, "place")),
                node.path("message").asText(),
                node.path("suggestion").asText(),
                Json.text(node, "excerpt"));
    }

    private static @Nullable Place place(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = PLACE.matcher(text);
        return matcher.matches()
                ? new Place(matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)))
                : Place.ofFile(text);
    }
}
