package dev.caravan.transport.camel;

import dev.caravan.transport.Body;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An org on raw sockets, so that it can also break off where no HTTP server would. Every request is kept as it came. */
final class FakeOrg implements AutoCloseable {

    static final String ACCOUNT = "00D000000000001EAA";

    /** A request as it was on the wire. */
    record Seen(String method, String path, Map<String, String> headers, Body body) {
        String text() {
            return body.text();
        }

        String token() {
            return headers.getOrDefault("authorization", "").replace("Bearer ", "");
        }
    }

    /** What the org does with a request. */
    @FunctionalInterface
    interface Behaviour {
        void answer(Seen seen, Wire wire) throws IOException, InterruptedException;
    }

    /** The way back. */
    record Wire(Socket socket, OutputStream out) {
        void reply(int status, String body, String... headers) throws IOException {
            bytes(status, body.getBytes(StandardCharsets.UTF_8), headers);
        }

        void bytes(int status, byte[] body, String... headers) throws IOException {
            head(status, body.length, headers);
            out.write(body);
            out.flush();
        }

        void head(int status, int length, String... headers) throws IOException {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " Word\r\nContent-Length: " + length + "\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final AtomicInteger issued = new AtomicInteger();
    /** Tokens that are good now. */
    final Set<String> tokens = ConcurrentHashMap.newKeySet();

    volatile boolean onlyNewestToken;
    volatile String account = ACCOUNT;
    volatile String instance;
    volatile Behaviour logIn = (request, wire) -> grant(wire);
    volatile Behaviour api = (request, wire) -> wire.reply(200, "{}");

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    FakeOrg() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    long logIns() {
        return seen.stream().filter(s -> s.path().endsWith("/oauth2/token")).count();
    }

    List<Seen> calls() {
        return seen.stream().filter(s -> !s.path().contains("/oauth2/")).toList();
    }

    void grant(Wire wire) throws IOException {
        String token = "token-" + issued.incrementAndGet();
        if (onlyNewestToken) {
            tokens.clear();
        }
        tokens.add(token);
        wire.reply(200, """
                {"access_token":"%s","signature":"sig","scope":"api","instance_url":"%s",
                 "id":"https://login.salesforce.com/id/%s/005000000000001AAA","token_type":"Bearer","issued_at":"1"}""".formatted(token, instance == null ? url() : instance, account));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Wire wire = new Wire(socket, socket.getOutputStream());
            for (Seen request = read(in); request != null; request = read(in)) {
                seen.add(request);
                respond(request, wire);
            }
        } catch (IOException e) {
            // The other side, or we ourselves, broke off: that is what some tests are about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void respond(Seen request, Wire wire) throws IOException, InterruptedException {
        if (request.path().endsWith("/oauth2/token")) {
            logIn.answer(request, wire);
        } else if (!tokens.contains(request.token())) {
            wire.reply(401, "[{\"message\":\"Session expired or invalid\",\"errorCode\":\"INVALID_SESSION_ID\"}]");
        } else {
            api.answer(request, wire);
        }
    }

    private static Seen read(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return null;
        }
        String[] words = line.split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                return null;
            }
            headers.merge(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip(),
                    (a, b) -> a + ", " + b);
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Seen(words[0], words[1], headers, Body.of(in.readNBytes(length)));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c != -1; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Sets what the api answers from a function of the request to a status and body. */
    void apiAnswers(Function<Seen, Map.Entry<Integer, String>> answer) {
        api = (request, wire) -> {
            Map.Entry<Integer, String> reply = answer.apply(request);
            wire.reply(reply.getKey(), reply.getValue());
        };
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
