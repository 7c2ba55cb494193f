package dev.caravan.transport.camel;

import dev.caravan.transport.Body;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through Jetty, and what was seen of it: enough to tell "never left" from "left, and nobody knows".
 * Listens on its own Jetty request, so that nothing of a log-in or of another call is taken for its answer.
 */
final class Call {

    private final HttpRequest request;
    private final String token;
    private final Gate gate;
    private volatile @Nullable String heldBack;
    private volatile boolean begun;
    private volatile boolean committed;
    private volatile boolean complete;
    private volatile int status;
    private volatile Map<String, List<String>> headers = Map.of();
    private volatile @Nullable Throwable failure;
    private volatile org.eclipse.jetty.client.@Nullable Request jettyRequest;

    private volatile Runnable failedAtLast = () -> {};

    Call(HttpRequest request, String token, Gate gate) {
        this.request = request;
        this.token = token;
        this.gate = gate;
    }

    void whenFailed(Runnable action) {
        failedAtLast = action;
    }

    HttpRequest request() {
        return request;
    }

    /** The token that the request carries. */
    String token() {
        return token;
    }

    /** Puts headers and time-outs on the Jetty request and listens to it. */
    void attach(org.eclipse.jetty.client.Request jetty) {
        jettyRequest = jetty;
        request.headers().forEach((name, value) -> jetty.headers(fields -> fields.put(name, value)));
        if (!request.contentType().isEmpty()) {
            jetty.headers(fields -> fields.put("Content-Type", request.contentType()));
        }
        long millis = request.timeout().toMillis();
        // The pool's idle time is for resting connections; a slow answer is judged by the request's own time-out alone.
        jetty.timeout(millis, TimeUnit.MILLISECONDS).idleTimeout(2 * millis, TimeUnit.MILLISECONDS);
        jetty.onRequestBegin(this::begins)
                .onRequestCommit(sent -> committed = true)
                .onRequestFailure((sent, cause) -> failed(cause))
                .onResponseHeaders(this::answered)
                .onResponseFailure((response, cause) -> failed(cause))
                .onResponseSuccess(response -> complete = true)
                .onComplete(this::ended);
    }

    /** The last moment: connections that are slow to come up, or busy, put it off. What Jetty aborts now it does not write. */
    private void begins(org.eclipse.jetty.client.Request sent) {
        Optional<String> closed = gate.closed();
        if (closed.isPresent()) {
            heldBack = closed.get();
            CompletableFuture<Boolean> unused = sent.abort(new IOException(closed.get()));
        } else {
            begun = true;
        }
    }

    private void answered(Response response) {
        status = response.getStatus();
        headers = byName(response.getHeaders());
    }

    /** A failure ends the call here: the component reports it on a pool that may be gone while everything stops. */
    private void ended(Result result) {
        if (result.isFailed()) {
            failed(result.getFailure());
            failedAtLast.run();
        }
    }

    private void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** HTTP requests on the wire. */
    int requests() {
        return begun ? 1 : 0;
    }

    /** The reply, once Jetty is done with the request. */
    Reply reply(byte[] body) {
        Throwable cause = failure;
        if (complete && cause == null) {
            return new HttpAnswer(status, headers, Body.of(body), requests());
        }
        String reason = heldBack;
        if (reason != null && !committed) {
            return new Reply.NotSent(reason, "", Optional.empty(), 0);
        }
        if (!begun && !committed) {
            return new Reply.NotSent("refused", describe(cause), Optional.empty(), 0);
        }
        // A TLS failure before the head was written: the handshake, so no byte of the request left.
        if (!committed && cause instanceof SSLException) {
            return new Reply.NotSent("refused", "TLS: " + describe(cause), Optional.empty(), 0);
        }
        return new Reply.Lost(word(cause), requests());
    }

    /** The reply when nobody waits for Jetty any longer. */
    Reply givenUp(String reason) {
        org.eclipse.jetty.client.Request sent = jettyRequest;
        if (sent != null) {
            // Whether Jetty was quicker makes no difference any more.
            CompletableFuture<Boolean> unused = sent.abort(new TimeoutException(reason));
        }
        return new Reply.Lost(reason, requests());
    }

    private String word(@Nullable Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "timeout";
        }
        return status == 0 ? "reset" : "truncated";
    }

    /** The kind of failure alone: messages of failures may quote addresses with what they carry. */
    private static String describe(@Nullable Throwable cause) {
        return cause == null ? "not sent" : cause.getClass().getSimpleName();
    }

    static Map<String, List<String>> byName(HttpFields fields) {
        Map<String, List<String>> byName = new TreeMap<>();
        for (HttpField field : fields) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(Objects.requireNonNullElse(field.getValue(), ""));
        }
        return Map.copyOf(byName);
    }
}
