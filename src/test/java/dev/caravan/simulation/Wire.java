package dev.caravan.simulation;

import dev.caravan.destination.Batch;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What requests and answers look like: a path and lines of text. Batches travel as what they are, by a number in the path. */
final class Wire {

    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Nobody was there. */
    static final Reply REFUSED = new Reply.NotSent("refused", "", Optional.empty(), 1);

    private final Map<Long, Batch> bodies = new HashMap<>();
    private long last;

    /** A request that carries rows, or starts something. */
    Request write(String what, Batch batch, String detail) {
        bodies.put(++last, batch);
        return request(HttpRequest.Method.POST, "/" + what + "/" + last + "/" + detail, Request.Replay.NEVER);
    }

    /** A request that leaves the same state when it is repeated. */
    static Request same(String what, String detail) {
        return request(HttpRequest.Method.PATCH, "/" + what + "/0/" + detail, Request.Replay.SAME_STATE);
    }

    /** A question. */
    static Request read(String what, String detail) {
        return request(HttpRequest.Method.GET, "/" + what + "/0/" + detail, Request.Replay.READ);
    }

    private static Request request(HttpRequest.Method method, String path, Request.Replay replay) {
        return new HttpRequest(method, path, Map.of(), Body.EMPTY, "text/plain", replay, TIMEOUT);
    }

    static String what(Request request) {
        return HttpRequest.of(request).path().split("/", -1)[1];
    }

    static String detail(Request request) {
        return HttpRequest.of(request).path().split("/", -1)[3];
    }

    Batch batch(Request request) {
        return Objects.requireNonNull(
                bodies.get(Long.parseLong(HttpRequest.of(request).path().split("/", -1)[2])));
    }

    boolean carriesRows(Request request) {
        return bodies.containsKey(Long.parseLong(HttpRequest.of(request).path().split("/", -1)[2]));
    }

    static HttpAnswer answer(int status, List<String> lines) {
        return new HttpAnswer(status, Map.of(), Body.of(String.join("\n", lines)), 1);
    }
}
