package dev.caravan.transport.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.http.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer does that no HTTP server would: no word of it is taken for the answer to another request, and none for a whole one. */
class BrokenWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READ_AT_ONCE = 16 * 1024;
    private static final String PATH = "/services/data/v60.0/thing";

    private static CamelContext context;

    private FakeOrg org;
    private CamelSalesforceTransport transport;

    @BeforeAll
    static void startCamel() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stopCamel() {
        context.stop();
    }

    @BeforeEach
    void open() {
        org = new FakeOrg();
        SalesforceSettings settings = new SalesforceSettings(
                "wire", org.url(), () -> "client", () -> "secret", "60.0", Duration.ofSeconds(5), 1);
        transport = new CamelSalesforceTransport(context, settings, InstantSource.system());
    }

    @AfterEach
    void close() {
        transport.close();
        org.close();
    }

    private static Request post(String body) {
        return new HttpRequest(Method.POST, PATH, Map.of(), Body.of(body), "application/json", Replay.NEVER, PATIENCE);
    }

    private static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** As long as what is read from the wire at once, so that the copy is there when the answer has been read, and not before. */
    private static byte[] filling(String words) {
        int head = ok("").length + 4;
        return ok(words + " ".repeat(READ_AT_ONCE - head - words.length()));
    }

    @Test
    void aSecondCopyOfAnAnswerIsNotTakenForTheNext() {
        org.api = (seen, wire) -> {
            byte[] answer = filling("answer to " + seen.text());
            byte[] twice = Arrays.copyOf(answer, 2 * answer.length);
            System.arraycopy(answer, 0, twice, answer.length, answer.length);
            wire.out().write(twice);
            wire.out().flush();
        };
        for (int i = 0; i < 30; i++) {
            assertNothingElseIsAnswered("request " + i);
        }
    }

    /** A request on a connection that turns out to be spoilt is lost, which is true of it. */
    private void assertNothingElseIsAnswered(String body) {
        Request hasty =
                new HttpRequest(Method.POST, PATH, Map.of(), Body.of(body), "", Replay.NEVER, Duration.ofMillis(500));
        Reply reply = transport.send(hasty, "");
        if (reply instanceof HttpAnswer answer) {
            assertThat(answer.body().text().strip()).isEqualTo("answer to " + body);
        } else {
            assertThat(reply).isInstanceOf(Reply.Lost.class);
        }
    }

    @Test
    void aCopyThatComesWhileTheConnectionRestsIsNotTakenForTheNext() throws InterruptedException {
        CountDownLatch copied = new CountDownLatch(1);
        org.api = (seen, wire) -> {
            byte[] answer = ok("answer to " + seen.text());
            wire.out().write(answer);
            if (seen.text().equals("first")) {
                Thread.ofVirtual().start(() -> later(wire, answer, copied));
            }
        };
        assertThat(((HttpAnswer) transport.send(post("first"), "")).body().text())
                .isEqualTo("answer to first");
        assertThat(copied.await(20, TimeUnit.SECONDS)).isTrue();
        assertNothingElseIsAnswered("second");
    }

    private static void later(WireServer.Wire wire, byte[] bytes, CountDownLatch done) {
        try {
            Thread.sleep(100);
            wire.out().write(bytes);
            wire.out().flush();
            Thread.sleep(200);
            done.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerInChunksThatEndsEarlyIsLost() {
        org.api = (seen, wire) -> {
            String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            wire.out().write((head + "4\r\n[{}]\r\n").getBytes(StandardCharsets.US_ASCII));
            wire.out().flush();
            wire.socket().close();
        };
        assertThat(transport.send(post("{}"), "")).isEqualTo(new Reply.Lost("truncated", 2));
    }

    @Test
    void aResetWhileTheRequestStillGoesOutIsLost() throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            org.instance = "http://127.0.0.1:" + raw.getLocalPort();
            Thread.ofVirtual().start(() -> resetAfter(raw, 10_000));
            Reply reply = transport.send(post("x".repeat(16 * 1024 * 1024)), "");
            assertThat(reply).isEqualTo(new Reply.Lost("reset", 2));
        }
    }

    private static void resetAfter(ServerSocket server, int bytes) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().skipNBytes(bytes);
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer that comes before the request is out is that of a server which did not want to read it. */
    @Test
    void anAnswerInTheMiddleOfTheRequestIsNoAnswerToTheWholeOfIt() throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            org.instance = "http://127.0.0.1:" + raw.getLocalPort();
            Thread.ofVirtual().start(() -> answerAfter(raw, 10_000));
            Reply reply = transport.send(post("x".repeat(16 * 1024 * 1024)), "");
            assertThat(reply).isInstanceOf(Reply.Lost.class);
        }
    }

    private static void answerAfter(ServerSocket server, int bytes) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().skipNBytes(bytes);
            socket.getOutputStream().write(ok("[]"));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
