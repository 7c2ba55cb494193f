package dev.caravan.transport.camel.http;

import dev.caravan.transport.Body;
import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the client, and what was seen of it: enough to tell "never left" from "left, and nobody knows". Written
 * by the thread that sends; the deadline comes from another.
 */
final class Call {

    private static final int CHUNK = 16 * 1024;

    private final String base;
    private final HttpRequest request;
    private final Gate gate;
    private final int longestAnswer;
    private @Nullable String heldBack;
    private boolean begun;
    private boolean spoilt;
    private boolean complete;
    private boolean tooLarge;
    private int status;
    private Map<String, List<String>> headers = Map.of();
    private byte[] body = new byte[0];
    private volatile boolean late;

    Call(String base, HttpRequest request, Gate gate, int longestAnswer) {
        this.base = base;
        this.request = request;
        this.gate = gate;
        this.longestAnswer = longestAnswer;
    }

    String base() {
        return base;
    }

    HttpRequest request() {
        return request;
    }

    /** The last moment before anything leaves: false when nothing may. */
    boolean mayLeave() {
        Optional<String> closed = gate.closed();
        heldBack = closed.orElse(null);
        return closed.isEmpty();
    }

    /** The first byte may be on its way from here on. */
    void begins() {
        begun = true;
    }

    /** The connection was not fit to be used, so nothing left on it. */
    void foundSpoilt() {
        spoilt = true;
    }

    /** Whether all is as before, and another connection can be tried. */
    boolean canStartAgain() {
        return spoilt && !begun && !late;
    }

    /** The request's time is over; whoever waits is woken by what is closed under it. */
    void isLate() {
        late = true;
    }

    /**
     * Reads the answer to its end.
     *
     * @param abort closes the connection: to close the answer alone would read on to its end
     */
    void answered(ClassicHttpResponse response, Runnable abort) throws IOException {
        status = response.getCode();
        headers = byName(response.headerIterator());
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            try (InputStream in = entity.getContent()) {
                body = read(in, abort);
            }
        }
        complete = !tooLarge;
    }

    private byte[] read(InputStream in, Runnable abort) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (out.size() + count > longestAnswer) {
                tooLarge = true;
                abort.run();
                return new byte[0];
            }
            out.write(chunk, 0, count);
        }
        return out.toByteArray();
    }

    private static Map<String, List<String>> byName(Iterator<Header> fields) {
        Map<String, List<String>> byName = new TreeMap<>();
        while (fields.hasNext()) {
            Header field = fields.next();
            byName.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(Objects.requireNonNullElse(field.getValue(), ""));
        }
        return Map.copyOf(byName);
    }

    /** The reply, once the client is done with the request. */
    Reply reply(@Nullable Exception cause) {
        if (heldBack != null && !begun) {
            return new Reply.NotSent(heldBack, "", Optional.empty(), 0);
        }
        if (!begun) {
            return new Reply.NotSent("refused", describe(cause), Optional.empty(), 0);
        }
        if (complete && cause == null) {
            return new HttpAnswer(status, headers, Body.of(body), 1);
        }
        return new Reply.Lost(word(cause), 1);
    }

    private String word(@Nullable Exception cause) {
        if (tooLarge) {
            return "too_large";
        }
        if (late || cause instanceof SocketTimeoutException) {
            return "timeout";
        }
        return status == 0 ? "reset" : "truncated";
    }

    /** The kind of failure alone: messages of failures may quote addresses with what they carry. */
    private String describe(@Nullable Exception cause) {
        if (late) {
            return "no connection in time";
        }
        if (cause == null) {
            return "the proxy answered " + status;
        }
        String kind = cause.getClass().getSimpleName();
        return cause instanceof SSLException ? "TLS: " + kind : kind;
    }
}
