package dev.caravan.transport.camel.http;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on raw sockets, so that it can also break off where no HTTP server would. Every request is kept as it came. */
public final class WireServer implements AutoCloseable {

    /** A request as it was on the wire; headers by lower-case name. */
    public record Seen(String method, String path, Map<String, List<String>> headers, Body body) {

        public String text() {
            return body.text();
        }

        public String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    /** What the server does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Seen seen, Wire wire) throws IOException, InterruptedException;
    }

    /** The way back. */
    public record Wire(Socket socket, OutputStream out) {

        public void reply(int status, String body, String... headers) throws IOException {
            bytes(status, body.getBytes(StandardCharsets.UTF_8), headers);
        }

        public void bytes(int status, byte[] body, String... headers) throws IOException {
            head(status, body.length, headers);
            out.write(body);
            out.flush();
        }

        public void head(int status, long length, String... headers) throws IOException {
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " Word\r\nContent-Length: " + length + "\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            raw(head.append("\r\n").toString());
        }

        public void raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final AtomicInteger connections = new AtomicInteger();
    public volatile Behaviour behaviour = (request, wire) -> wire.reply(200, "{}");

    private volatile boolean keeps = true;
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** A server without a certificate. */
    public WireServer() {
        this(plain());
    }

    WireServer(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket plain() {
        try {
            return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether requests are kept; a benchmark has too many. */
    public WireServer keeping(boolean all) {
        keeps = all;
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    long to(String path) {
        return seen.stream().filter(request -> request.path().startsWith(path)).count();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
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
                if (keeps) {
                    seen.add(request);
                }
                behaviour.answer(request, wire);
            }
        } catch (IOException e) {
            // The other side, or we ourselves, broke off: that is what some tests are about.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Seen read(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return null;
        }
        String[] words = line.split(" ", -1);
        Map<String, List<String>> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                return null;
            }
            headers.computeIfAbsent(header.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).getFirst());
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

    /** Closes what is open, and goes on. */
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Override
    public void close() {
        try {
            server.close();
            hangUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
