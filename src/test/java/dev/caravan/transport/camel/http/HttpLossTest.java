package dev.caravan.transport.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.transport.Gate;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is told as not sent, and what as lost: the one is certainly not applied, of the other nobody knows. */
class HttpLossTest extends HttpTestBed {

    @Test
    void aProxyThatLetsNothingThroughMeansNotSent() {
        server.behaviour = (seen, wire) -> wire.reply(407, "", "Proxy-Authenticate: Basic realm=\"x\"");
        ProxySelector proxies =
                ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        try (CamelHttpTransport through = transport("proxied", "https://api.example.test", proxies)) {
            Reply reply = through.send(request(Method.POST, "/x", "{}"), "");
            assertThat(reply).isEqualTo(new Reply.NotSent("refused", "the proxy answered 407", Optional.empty(), 0));
        }
        assertThat(server.seen).extracting(WireServer.Seen::method).containsExactly("CONNECT");
    }

    @Test
    void aPackedAnswerThatIsCutIsLost() throws IOException {
        byte[] whole = zipped("{\"a\":1234567890}".repeat(100).getBytes(StandardCharsets.UTF_8));
        server.behaviour =
                (seen, wire) -> wire.bytes(200, Arrays.copyOf(whole, whole.length - 9), "Content-Encoding: gzip");
        assertThat(post("{}")).isEqualTo(new Reply.Lost("truncated", 1));
    }

    @Test
    void anAnswerThatIsTooLargeIsLostAtOnce() {
        server.behaviour = (seen, wire) -> {
            wire.head(200, 1L << 40);
            byte[] chunk = new byte[64 * 1024];
            while (true) {
                wire.out().write(chunk);
            }
        };
        assertThat(post("{}")).isEqualTo(new Reply.Lost("too_large", 1));
        server.behaviour = (seen, wire) -> wire.bytes(200, zipped(new byte[LONGEST + 1]), "Content-Encoding: gzip");
        assertThat(post("{}")).as("unpacked").isEqualTo(new Reply.Lost("too_large", 1));
        server.behaviour = (seen, wire) -> wire.bytes(200, new byte[LONGEST]);
        assertThat(post("{}")).isInstanceOf(HttpAnswer.class);
    }

    @Test
    void nobodyThereMeansNotSent() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (CamelHttpTransport nowhere =
                transport("nowhere", "http://127.0.0.1:" + port, ProxySelector.getDefault())) {
            assertThat(nowhere.send(request(Method.POST, "/x?secret=1", "{}"), ""))
                    .isInstanceOfSatisfying(Reply.NotSent.class, not -> {
                        assertThat(not.reason()).isEqualTo("refused");
                        assertThat(not.detail()).doesNotContain("secret").isNotEmpty();
                        assertThat(not.requests()).isZero();
                    });
        }
        try (CamelHttpTransport unknown =
                transport("unknown", "http://no-such-host.invalid", ProxySelector.getDefault())) {
            assertThat(unknown.send(request(Method.POST, "/x", "{}"), ""))
                    .isEqualTo(new Reply.NotSent("refused", "UnknownHostException", Optional.empty(), 0));
        }
    }

    @Test
    void aHandshakeThatFailsMeansNotSent() {
        server.behaviour = (seen, wire) -> wire.raw("this is no TLS\r\n\r\n");
        String secure = "https://127.0.0.1:" + server.port();
        try (CamelHttpTransport tls = transport("tls", secure, ProxySelector.getDefault())) {
            assertThat(tls.send(request(Method.POST, "/x", "{}"), ""))
                    .isInstanceOfSatisfying(
                            Reply.NotSent.class, not -> assertThat(not.reason()).isEqualTo("refused"));
        }
    }

    @Test
    void aServerThatTakesNoConnectionInTimeMeansNotSent() throws Exception {
        // The queue of a socket that accepts nobody is full after a few.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> waiting = new ArrayList<>();
            try {
                for (int i = 0; i < 4; i++) {
                    Socket socket = new Socket();
                    waiting.add(socket);
                    Thread.ofVirtual().start(() -> connect(socket, deaf));
                }
                Thread.sleep(200);
                String url = "http://127.0.0.1:" + deaf.getLocalPort();
                try (CamelHttpTransport late = transport("late", url, ProxySelector.getDefault())) {
                    Reply reply = late.send(request(Method.POST, "/x", "{}", Duration.ofMillis(400)), "");
                    assertThat(reply)
                            .isEqualTo(new Reply.NotSent("refused", "no connection in time", Optional.empty(), 0));
                }
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void noAnswerInTimeIsLost() {
        server.behaviour = (seen, wire) -> Thread.sleep(10_000);
        assertThat(transport.send(request(Method.POST, "/x", "{}", Duration.ofMillis(300)), ""))
                .isEqualTo(new Reply.Lost("timeout", 1));
    }

    @Test
    void anAnswerThatDripsIsLostWhenItsTimeIsOver() {
        server.behaviour = (seen, wire) -> {
            wire.head(200, 10_000);
            for (int i = 0; i < 10_000; i++) {
                wire.raw(" ");
                Thread.sleep(50);
            }
        };
        assertThat(transport.send(request(Method.POST, "/x", "{}", Duration.ofMillis(400)), ""))
                .isEqualTo(new Reply.Lost("timeout", 1));
    }

    @Test
    void aHeadThatDripsIsLostWhenItsTimeIsOver() {
        server.behaviour = (seen, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nX-Long: ");
            for (int i = 0; i < 10_000; i++) {
                wire.raw("a");
                Thread.sleep(50);
            }
        };
        assertThat(transport.send(request(Method.POST, "/x", "{}", Duration.ofMillis(400)), ""))
                .isEqualTo(new Reply.Lost("timeout", 1));
    }

    @Test
    void aResetBeforeTheAnswerIsLost() {
        server.behaviour = (seen, wire) -> wire.reset();
        assertThat(post("{}")).isEqualTo(new Reply.Lost("reset", 1));
    }

    @Test
    void anAnswerShorterThanItSaysIsLost() {
        server.behaviour = (seen, wire) -> {
            wire.head(200, 100);
            wire.raw("{\"a\":1}");
            wire.socket().close();
        };
        assertThat(post("{}")).isEqualTo(new Reply.Lost("truncated", 1));
    }

    @Test
    void anAnswerInChunksThatEndsEarlyIsLost() {
        server.behaviour = (seen, wire) -> {
            wire.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n[{}]\r\n");
            wire.socket().close();
        };
        assertThat(post("{}")).isEqualTo(new Reply.Lost("truncated", 1));
    }

    @Test
    void anAnswerThatIsNoHttpIsLost() {
        server.behaviour = (seen, wire) -> {
            wire.raw("SSH-2.0-OpenSSH\r\n".repeat(20));
            wire.socket().close();
        };
        assertThat(post("{}")).isInstanceOf(Reply.Lost.class);
    }

    @Test
    void aConnectionThatTheServerClosedMeanwhileIsNeverReasonToSendTwice() throws IOException {
        assertThat(post("first")).isInstanceOf(HttpAnswer.class);
        server.hangUp();
        Reply second = post("second");
        long arrived = server.seen.stream()
                .filter(seen -> seen.text().equals("second"))
                .count();
        assertThat(arrived).isLessThanOrEqualTo(1);
        if (!(second instanceof HttpAnswer)) {
            // The server may have read it in the moment in which it hung up.
            assertThat(second).isEqualTo(new Reply.Lost("reset", 1));
        }
    }

    @Test
    void aConnectionThatRestedIsLookedAtBeforeItIsUsed() throws Exception {
        assertThat(post("first")).isInstanceOf(HttpAnswer.class);
        server.hangUp();
        Thread.sleep(150);
        assertThat(post("second")).isInstanceOf(HttpAnswer.class);
        assertThat(server.connections.get()).isEqualTo(2);
    }

    @Test
    void aSecondCopyOfAnAnswerIsNotTakenForTheNext() throws Exception {
        server.behaviour = (seen, wire) -> {
            String body = "answer to " + seen.text();
            String whole = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            wire.raw(whole + whole);
        };
        for (int i = 0; i < 30; i++) {
            assertThat(answered(request(Method.POST, "/x", "request " + i))
                            .body()
                            .text())
                    .isEqualTo("answer to request " + i);
        }
    }

    @Test
    void aCopyThatComesWhileTheConnectionRestsIsNotTakenForTheNext() throws Exception {
        CountDownLatch copied = new CountDownLatch(1);
        server.behaviour = (seen, wire) -> {
            String body = "answer to " + seen.text();
            String whole = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            wire.raw(whole);
            if (seen.text().equals("first")) {
                wire.raw(whole);
                copied.countDown();
            }
        };
        assertThat(answered(request(Method.POST, "/x", "first")).body().text()).isEqualTo("answer to first");
        assertThat(copied.await(20, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(50);
        assertThat(answered(request(Method.POST, "/x", "second")).body().text()).isEqualTo("answer to second");
    }

    @Test
    void anAnswerInTheMiddleOfTheRequestIsNoAnswerToTheWholeOfIt() throws IOException {
        try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = raw.accept()) {
                    socket.getInputStream().skipNBytes(10_000);
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String url = "http://127.0.0.1:" + raw.getLocalPort();
            try (CamelHttpTransport early = transport("early", url, ProxySelector.getDefault())) {
                assertThat(early.send(request(Method.POST, "/x", "x".repeat(16 * 1024 * 1024)), ""))
                        .isInstanceOf(Reply.Lost.class);
            }
        }
    }

    @Test
    void aClosedGateLetsNothingLeave() {
        Gate closed = () -> Optional.of("paused");
        assertThat(transport.send(request(Method.POST, "/x", "{}"), "", closed))
                .isEqualTo(new Reply.NotSent("paused", "", Optional.empty(), 0));
        assertThat(server.seen).isEmpty();
    }

    @Test
    void theGateIsAskedWhenAConnectionIsThere() throws Exception {
        CountDownLatch busy = new CountDownLatch(4);
        CountDownLatch release = new CountDownLatch(1);
        server.behaviour = (seen, wire) -> {
            busy.countDown();
            release.await(20, TimeUnit.SECONDS);
            wire.reply(200, "{}");
        };
        List<CompletableFuture<Reply>> underWay = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            underWay.add(CompletableFuture.supplyAsync(
                    () -> post("{}"), task -> Thread.ofVirtual().start(task)));
        }
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(100);
        AtomicReference<Optional<String>> word = new AtomicReference<>(Optional.empty());
        CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(
                () -> transport.send(request(Method.POST, "/late", "{}"), "", word::get),
                task -> Thread.ofVirtual().start(task));
        Thread.sleep(100);
        word.set(Optional.of("paused"));
        release.countDown();
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(new Reply.NotSent("paused", "", Optional.empty(), 0));
        for (CompletableFuture<Reply> reply : underWay) {
            assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(HttpAnswer.class);
        }
        assertThat(server.to("/base/late")).isZero();
    }

    private static void connect(Socket socket, ServerSocket to) {
        try {
            socket.connect(to.getLocalSocketAddress());
        } catch (IOException e) {
            // It was closed while it waited.
        }
    }
}
