package dev.caravan.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One HTTP request, relative to the connection's base address; authentication is the transport's business.
 *
 * @param path below the base address, which a slash alone is itself; starts with a slash and is already encoded; made from names and ids, never from a warehouse cell unescaped
 * @param headers request headers beside authentication; names and values come from the connector alone
 * @param body what to send
 * @param contentType the body's media type; empty for none
 * @param replay what may be done when the answer is lost
 * @param timeout how long to wait for the whole answer
 * @param late where a log-in's answer is part of the request: makes it whole, or empty if that answer lacks something. What stands here
 *     has something harmless in those places
 * @param refused the answers that certainly refused the request as a whole, so that nothing of it was applied
 * @param rows how many rows it carries
 */
public record HttpRequest(
        Method method,
        String path,
        Map<String, String> headers,
        Body body,
        String contentType,
        Replay replay,
        Duration timeout,
        Optional<Function<Map<String, String>, Optional<HttpRequest>>> late,
        Predicate<HttpAnswer> refused,
        int rows)
        implements Request {

    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    /** A request that is whole as it stands; a 2xx never refuses it. */
    public HttpRequest(
            Method method,
            String path,
            Map<String, String> headers,
            Body body,
            String contentType,
            Replay replay,
            Duration timeout) {
        this(method, path, headers, body, contentType, replay, timeout, Optional.empty(), HttpRequest::amiss, 0);
    }

    /** As far as the status alone tells: of a 2xx some rows may have been written, whatever else it says. */
    private static boolean amiss(HttpAnswer answer) {
        return !answer.ok();
    }

    /** The same, made whole by what the log-in brought when it is sent. */
    public HttpRequest whole(Function<Map<String, String>, Optional<HttpRequest>> when) {
        return new HttpRequest(
                method, path, headers, body, contentType, replay, timeout, Optional.of(when), refused, rows);
    }

    /** The same, which carries so many rows. */
    public HttpRequest carrying(int many) {
        return new HttpRequest(method, path, headers, body, contentType, replay, timeout, late, refused, many);
    }

    /** The same where the connector says which answers refuse it as a whole. */
    public HttpRequest refusedWhen(Predicate<HttpAnswer> whole) {
        return new HttpRequest(method, path, headers, body, contentType, replay, timeout, late, whole, rows);
    }

    @Override
    public boolean mayFollow(Reply.Answer answer) {
        return replay != Replay.NEVER || (answer instanceof HttpAnswer http && refused.test(http));
    }

    /** As it is sent under a log-in whose answer brought this; empty if it lacks what the request needs. */
    public Optional<HttpRequest> under(Map<String, String> login) {
        return late.isEmpty() ? Optional.of(this) : late.get().apply(login);
    }

    /** The same for another path. */
    public HttpRequest at(String other) {
        return new HttpRequest(
                method,
                other,
                headers,
                body,
                contentType,
                replay,
                timeout,
                late.map(fill -> login -> fill.apply(login).map(whole -> whole.at(other))),
                refused,
                rows);
    }

    /** The methods in use. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** A read without a body. */
    public static HttpRequest get(String path, Duration timeout) {
        return new HttpRequest(Method.GET, path, Map.of(), Body.EMPTY, "", Replay.READ, timeout);
    }

    /** The request, in the one form that an HTTP transport takes. */
    public static HttpRequest of(Request request) {
        if (request instanceof HttpRequest http) {
            return http;
        }
        throw new IllegalArgumentException("an HTTP transport takes HTTP requests alone");
    }

    /** The same request with one more header. */
    public HttpRequest withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(
                method,
                path,
                more,
                body,
                contentType,
                replay,
                timeout,
                late.map(fill -> login -> fill.apply(login).map(whole -> whole.withHeader(name, value))),
                refused,
                rows);
    }

    /** Without path, headers and body: a path may hold keys, and keys are in no log. */
    @Override
    public String toString() {
        return method + " (" + body + ", " + replay + ")";
    }
}
