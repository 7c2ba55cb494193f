package dev.caravan.app.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.List;

/** One answer: an HTTP status and one JSON object. */
public record ApiResponse(int status, ObjectNode body) {

    static ApiResponse ok(ObjectNode body) {
        return new ApiResponse(200, body);
    }

    /** A refusal that is not a failure of the worker. */
    static ApiResponse refused(int status, String message, String suggestion) {
        return new ApiResponse(status, ProblemJson.write(List.of(Problem.of(Code.USAGE, message, suggestion)), 2));
    }

    /** A failure of an operation, with the status that says the most to a caller who knows HTTP alone. */
    static ApiResponse failed(CaravanException failure) {
        int status = switch (failure) {
            case InvalidInput invalid -> statusOf(invalid.problems().getFirst().code());
            case EnvironmentFailure environment -> 503;
            case RunFailure run -> 500;
        };
        return new ApiResponse(status, ProblemJson.write(failure));
    }

    private static int statusOf(Code code) {
        return switch (code) {
            case MAPPING_UNKNOWN, CONNECTION_UNKNOWN, PLAN_UNKNOWN, RUN_UNKNOWN -> 404;
            case PLAN_NOT_OPEN, PLAN_BASE_MOVED, RUN_BUSY, RUN_PAUSED -> 409;
            default -> 400;
        };
    }
}
