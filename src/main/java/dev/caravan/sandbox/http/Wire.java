package dev.caravan.sandbox.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.caravan.sandbox.fault.FaultAction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** One exchange on the socket: reading it whole, and answering it well or badly. */
final class Wire {

    private final HttpExchange exchange;

    Wire(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** Reads the request to its end; a gzip body is unpacked. */
    Request read(long number, Instant at) throws IOException {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            boolean packed = "gzip".equalsIgnoreCase(headers.getOrDefault("content-encoding", ""));
            body = packed ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        }
        Request.Head head = new Request.Head(
                number,
                at,
                exchange.getRequestMethod(),
                uri.getPath(),
                uri.toString().length(),
                Query.segments(uri.getRawPath()),
                Query.parse(uri.getRawQuery()),
                Objects.requireNonNullElse(uri.getRawQuery(), ""),
                headers,
                Optional.empty());
        return new Request(head, body);
    }

    void send(Reply reply) throws IOException {
        OutputStream out = begin(reply);
        out.write(reply.body());
        exchange.close();
    }

    /** Announces the whole body, sends the first half of it and closes the connection. */
    void sendHalf(Reply reply) throws IOException {
        OutputStream out = begin(reply);
        out.write(reply.body(), 0, reply.body().length / 2);
        out.flush();
        exchange.close();
    }

    /** Sends the body in pieces with a pause before each. */
    void drip(Reply reply, FaultAction.Slow slow) throws IOException {
        OutputStream out = begin(reply);
        byte[] body = reply.body();
        int piece = Math.max(1, slow.bytes());
        for (int from = 0; from < body.length; from += piece) {
            out.flush();
            Pauses.sleep(slow.pause());
            out.write(body, from, Math.min(piece, body.length - from));
        }
        exchange.close();
    }

    /** Closes the connection without a byte of an answer. */
    void drop() {
        exchange.close();
    }

    private OutputStream begin(Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        reply.headers().forEach(headers::set);
        int length = reply.body().length;
        // -1 is this server's way to say that there is no body.
        exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
        return exchange.getResponseBody();
    }
}
