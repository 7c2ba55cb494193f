package dev.caravan.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.caravan.sandbox.fault.FaultAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as an API sees it, body read in full. Header names are lower-case; path segments and query values are
 * decoded. Immutable, but the body array is shared: do not write to it.
 */
public final class Request {

    private final Head head;
    private final byte[] body;

    /**
     * Everything before the body.
     *
     * @param uriLength characters of path and query as they came
     * @param number place in the order of arrival, from 1
     * @param effect a fault the API must carry out while answering
     */
    public record Head(
            long number,
            Instant at,
            String method,
            String path,
            int uriLength,
            List<String> segments,
            Map<String, String> query,
            String rawQuery,
            Map<String, String> headers,
            Optional<FaultAction.Effect> effect) {}

    public Request(Head head, byte[] body) {
        this.head = head;
        this.body = body;
    }

    public Head head() {
        return head;
    }

    /** The same request, to be answered with this fault. */
    Request with(FaultAction.Effect effect) {
        Head changed = new Head(
                head.number(),
                head.at(),
                head.method(),
                head.path(),
                head.uriLength(),
                head.segments(),
                head.query(),
                head.rawQuery(),
                head.headers(),
                Optional.of(effect));
        return new Request(changed, body);
    }

    /** The same request without its first path segment, as the API sees it that is mounted there; {@link #path} stays whole. */
    public Request below() {
        Head changed = new Head(
                head.number(),
                head.at(),
                head.method(),
                head.path(),
                head.uriLength(),
                head.segments().subList(1, head.segments().size()),
                head.query(),
                head.rawQuery(),
                head.headers(),
                head.effect());
        return new Request(changed, body);
    }

    /** The fault to be carried out with this request, if any. */
    public Optional<FaultAction.Effect> effect() {
        return head.effect();
    }

    /** When the request arrived, on the sandbox's clock. */
    public Instant at() {
        return head.at();
    }

    public long number() {
        return head.number();
    }

    public String method() {
        return head.method();
    }

    public String path() {
        return head.path();
    }

    /** The decoded path segments, without empty ones, so that a trailing slash makes no difference. */
    public List<String> segments() {
        return head.segments();
    }

    /** The first header of that name, which must be given in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(head.headers().get(name));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(head.query().get(name));
    }

    /** All values of a query parameter, in their order; a value is split at commas as well. */
    public List<String> queries(String name) {
        return Query.all(head.rawQuery(), name);
    }

    /** The body as JSON; missing when it is none. */
    public JsonNode json() {
        return Json.parse(body) instanceof Json.Parsed.Tree(JsonNode node) ? node : MissingNode.getInstance();
    }

    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
