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
public record HttpRequest(
        Method method,
        String path,
        Map<String, String> headers,
        Body body,
        String contentType,
        Replay replay,
        Duration timeout)
        implements Request {

    public HttpRequest {
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
        return new HttpRequest(method, path, more, body, contentType, replay, timeout);
    }

    /** Without query, headers and body: a query may hold keys, and keys are in no log. */
    @Override
    public String toString() {
        int query = path.indexOf('?');
        return method + " " + (query < 0 ? path : path.substring(0, query)) + " (" + body + ", " + replay + ")";
    }
}
