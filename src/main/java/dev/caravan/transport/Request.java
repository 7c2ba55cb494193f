package dev.caravan.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One HTTP request, relative to the connection's base address; authentication is the transport's business.
 *
 * @param path starts with a slash and is already encoded; made from names and ids, never from a warehouse cell unescaped
 * @param headers request headers beside authentication; names and values come from the connector alone
 * @param body what to send
 * @param contentType the body's media type; empty for none
 * @param replay what may be done when the answer is lost
 * @param timeout how long to wait for the whole answer
 */
public record Request(
        Method method,
        String path,
        Map<String, String> headers,
        Body body,
        String contentType,
        Replay replay,
        Duration timeout) {

    public Request {
        headers = Map.copyOf(headers);
    }

    /** The methods in use. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** Whether the same request may be sent again although the first may have been applied. */
    public enum Replay {
        /** It changes nothing. */
        READ,
        /** It carries no rows, and sending it again leaves the same state: to abort a job. */
        SAME_STATE,
        /**
         * Not without a trace. It carries rows, so that a repeat needs an intent of its own, whatever their idempotency class: the
         * first may land after it (invariant I8). Or it starts something that would then be there twice.
         */
        NEVER
    }

    /** A read without a body. */
    public static Request get(String path, Duration timeout) {
        return new Request(Method.GET, path, Map.of(), Body.EMPTY, "", Replay.READ, timeout);
    }

    /** The same request with one more header. */
    public Request withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Request(method, path, more, body, contentType, replay, timeout);
    }

    /** Without query, headers and body: a query may hold keys, and keys are in no log. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query)) + " (" + body + ", " + replay + ")";
    }
}
