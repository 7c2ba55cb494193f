package dev.caravan.scenario.network;

import dev.caravan.scenario.network.Truth.Given;
import dev.caravan.transport.Body;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** One request on its way to the server and its answer on the way back, on a connection to the server of its own. */
final class Passage {

    private static final Duration DELAY = Duration.ofMillis(50);
    private static final Duration LATER = Duration.ofMillis(60);
    /** Longer than the time-out of 200 ms. */
    private static final Duration TOO_LONG = Duration.ofMillis(400);

    private static final int PIECES = 8;
    private static final int PATIENCE_MILLIS = 5_000;

    private final FaultProxy proxy;
    private final Socket client;
    private final int port;
    private final Truth truth;
    private final boolean chunked;
    private boolean gone;
    private volatile boolean arrived;

    /**
     * @param chunked whether answers come in chunks, as large servers send them, or with their length
     */
    Passage(FaultProxy proxy, Socket client, int port, Truth truth, boolean chunked) {
        this.proxy = proxy;
        this.client = client;
        this.port = port;
        this.truth = truth;
        this.chunked = chunked;
    }

    /** Passes on a request, spoilt or not; says whether the client's connection may be used again. */
    boolean pass(Message request, Optional<Trouble> trouble) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.setTcpNoDelay(true);
            server.setSoTimeout(PATIENCE_MILLIS);
            if (trouble.isEmpty()) {
                toServer(server, request, 0, request.wire().length);
                return back(answer(server));
            }
            return spoilt(server, request, trouble.get());
        }
    }

    /** Whether this very request was given to the server whole. */
    boolean arrived() {
        return arrived;
    }

    private boolean spoilt(Socket server, Message request, Trouble trouble) throws IOException {
        int whole = request.wire().length;
        return switch (trouble.fault()) {
            case DELAY, REFUSE, RESET, RESET_CLIENT, CLOSE, HALF_CLOSE_SERVER, HALF_CLOSE_CLIENT, BLACK_HOLE ->
                struck(server, request, trouble);
            case DRIP_REQUEST -> {
                dripped(server, request, trouble.position());
                yield back(answer(server));
            }
            case DRIP_ANSWER -> {
                toServer(server, request, 0, whole);
                yield drippedBack(answer(server), trouble.position());
            }
            case TRUNCATE, DUPLICATE -> {
                toServer(server, request, 0, whole);
                yield tampered(answer(server), trouble);
            }
        };
    }

    /** Up to the position, the fault, and what comes after it. */
    private boolean struck(Socket server, Message request, Trouble trouble) throws IOException {
        Position position = trouble.position();
        int cut = position.of(request);
        toServer(server, request, 0, cut);
        if (!position.inAnswer() && !act(server, trouble)) {
            if (!position.beforeItsEnd()) {
                answer(server);
            }
            return false;
        }
        toServer(server, request, cut, request.wire().length);
        Message answer = answer(server);
        byte[] wire = framed(answer).wire();
        int back = position.ofAnswer(framed(answer));
        toClient(wire, 0, back);
        if (position.inAnswer() && !act(server, trouble)) {
            return false;
        }
        toClient(wire, back, wire.length);
        return ended(answer);
    }

    /** Whether it goes on after the fault. */
    private boolean act(Socket server, Trouble trouble) throws IOException {
        return switch (trouble.fault()) {
            case DELAY -> rest(DELAY);
            case REFUSE -> {
                proxy.refuse();
                client.close();
                yield false;
            }
            case CLOSE -> {
                client.close();
                yield false;
            }
            case RESET -> {
                reset(client);
                if (trouble.position().beforeItsEnd()) {
                    reset(server);
                }
                yield false;
            }
            case RESET_CLIENT -> {
                reset(client);
                gone = true;
                yield rest(LATER);
            }
            case HALF_CLOSE_SERVER -> halfClosed(server, trouble.position());
            case HALF_CLOSE_CLIENT -> {
                client.shutdownOutput();
                gone = true;
                yield true;
            }
            case BLACK_HOLE -> {
                awaitGone();
                yield false;
            }
            case DRIP_REQUEST, DRIP_ANSWER, TRUNCATE, DUPLICATE -> throw new IllegalStateException("not at one moment");
        };
    }

    private boolean halfClosed(Socket server, Position position) throws IOException {
        server.shutdownOutput();
        if (position.beforeItsEnd()) {
            // Whatever the server says to half a request is told to the client.
            Optional<Message> said = Message.read(server.getInputStream());
            if (said.isPresent()) {
                back(said.get());
            }
            return false;
        }
        return true;
    }

    private void dripped(Socket server, Message request, Position position) throws IOException {
        int whole = request.wire().length;
        int from = start(request, position);
        int pieces = pieces(position, whole - from);
        toServer(server, request, 0, from);
        for (int piece = 0; piece < pieces; piece++) {
            rest(pause(position, pieces));
            toServer(server, request, at(from, whole, piece, pieces), at(from, whole, piece + 1, pieces));
        }
    }

    private boolean drippedBack(Message answer, Position position) {
        byte[] wire = framed(answer).wire();
        int from = start(framed(answer), position);
        int pieces = pieces(position, wire.length - from);
        toClient(wire, 0, from);
        for (int piece = 0; piece < pieces; piece++) {
            rest(pause(position, pieces));
            toClient(wire, at(from, wire.length, piece, pieces), at(from, wire.length, piece + 1, pieces));
        }
        return ended(answer);
    }

    /** Where dripping begins; see {@link Trouble#meaning}. */
    private static int start(Message message, Position position) {
        int whole = message.wire().length;
        return switch (position) {
            case BEFORE_FIRST_BYTE, ANSWER_HEAD, ANSWER_BODY -> 0;
            case REQUEST_HEAD -> message.head().length / 2;
            case REQUEST_BODY -> Math.min(whole - 1, message.head().length + message.body().length / 2);
            case AFTER_REQUEST -> whole - 1;
        };
    }

    private static int pieces(Position position, int bytes) {
        return switch (position) {
            case BEFORE_FIRST_BYTE, REQUEST_HEAD, REQUEST_BODY, ANSWER_HEAD -> Math.min(PIECES, bytes);
            case AFTER_REQUEST -> 1;
            case ANSWER_BODY -> bytes;
        };
    }

    private static Duration pause(Position position, int pieces) {
        return switch (position) {
            case BEFORE_FIRST_BYTE, REQUEST_HEAD, REQUEST_BODY, AFTER_REQUEST -> TOO_LONG.dividedBy(pieces);
            case ANSWER_HEAD -> DELAY.dividedBy(pieces);
            case ANSWER_BODY -> Duration.ZERO;
        };
    }

    private static int at(int from, int to, int piece, int pieces) {
        return from + (int) ((long) (to - from) * piece / pieces);
    }

    private boolean tampered(Message answer, Trouble trouble) {
        Message seen = Tampering.seen(answer, trouble);
        byte[] wire =
                Tampering.wire(answer, trouble).orElseGet(() -> framed(seen).wire());
        // Told before it is sent: who has the answer finds the truth.
        truth.given(new Given(seen.status(), Body.of(seen.body())));
        toClient(wire, 0, wire.length);
        return !gone;
    }

    private Message answer(Socket server) throws IOException {
        InputStream in = server.getInputStream();
        return Message.read(in).orElseThrow(() -> new IOException("the server said nothing"));
    }

    private Message framed(Message answer) {
        return chunked ? answer.inChunks() : answer;
    }

    private boolean back(Message answer) {
        byte[] wire = framed(answer).wire();
        truth.given(new Given(answer.status(), Body.of(answer.body())));
        toClient(wire, 0, wire.length);
        return !gone;
    }

    private boolean ended(Message answer) {
        truth.given(new Given(answer.status(), Body.of(answer.body())));
        if (gone) {
            awaitGone();
        }
        return !gone;
    }

    private void toServer(Socket server, Message request, int from, int to) throws IOException {
        byte[] wire = request.wire();
        if (to == wire.length && from < to) {
            truth.reached();
            arrived = true;
        }
        server.getOutputStream().write(wire, from, to - from);
    }

    /** A client that is gone does not keep the request from the server. */
    private void toClient(byte[] wire, int from, int to) {
        try {
            if (!gone) {
                client.getOutputStream().write(Arrays.copyOfRange(wire, from, to));
            }
        } catch (IOException broken) {
            gone = true;
        }
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Until the client gives up. */
    private void awaitGone() {
        try {
            client.setSoTimeout(PATIENCE_MILLIS);
            while (client.getInputStream().read() >= 0) {
                // What it still says goes nowhere.
            }
        } catch (IOException broken) {
            gone = true;
        }
    }

    private static boolean rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
