package dev.caravan.transport.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport against a local server: what is sent is what was asked for, and what comes back is told as it is. */
class CamelHttpTransportTest extends HttpTestBed {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 207, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 407, 409, 429, 500, 503})
    void everyStatusComesBackAsItIsAfterOneRequest(int status) {
        boolean bare = status == 204 || status == 304;
        server.behaviour = (seen, wire) -> wire.reply(
                status,
                bare ? "" : "{\"code\":\"X\"}",
                "Location: " + server.url() + "/elsewhere",
                "Retry-After: 17",
                "WWW-Authenticate: Basic realm=\"x\"",
                "Proxy-Authenticate: Basic realm=\"x\"",
                "Set-Cookie: a=b",
                "X-Two: a",
                "X-Two: b");

        HttpAnswer answer = answered(request(Method.PATCH, "/thing", "{\"a\":1}"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().text()).isEqualTo(bare ? "" : "{\"code\":\"X\"}");
        assertThat(answer.header("retry-after")).hasValue("17");
        assertThat(answer.headers()).containsEntry("x-two", List.of("a", "b"));
        assertThat(server.seen).hasSize(1);
        assertThat(answer.requests()).isEqualTo(1);
    }

    @Test
    void noCookieComesBack() {
        server.behaviour = (seen, wire) -> wire.reply(200, "{}", "Set-Cookie: a=b; Path=/");
        post("1");
        post("2");
        assertThat(server.seen).allSatisfy(seen -> assertThat(seen.headers()).doesNotContainKey("cookie"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb%25c/%E2%82%AC+d%20e",
                "/x?q=a%2Bb+c%20d&r=%2F%3F%23&s=%25&empty=",
                "/x?a[0]={b}|c^`\"<>\\",
                "//double//slashes/./and/../dots",
                "/x;matrix=1,2:3@4!$'()*~",
                "/%7Euser/%c3%a9?%c3%A9"
            })
    void pathAndQueryArriveByteForByte(String path) {
        transport.send(request(Method.GET, path, ""), "");
        assertThat(server.seen.getFirst().path()).isEqualTo("/base" + path);
    }

    @ParameterizedTest
    @CsvSource({"/hook,/,/hook", "/hook/,/,/hook/", "/hook,/?a=1,/hook?a=1", "/hook/,/x,/hook/x", "'',/,/", "/,/x,/x"})
    void nothingBelowTheBaseAddressIsThatAddressAsItIsWritten(String base, String path, String expected) {
        try (CamelHttpTransport there = transport("there", server.url() + base, ProxySelector.of(null))) {
            assertThat(there.send(request(Method.POST, path, "{}"), "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(server.seen.getFirst().path()).isEqualTo(expected);
    }

    @Test
    void aProxyIsToldTheSamePath() {
        String path = "/a%2Fb%25c?q=a%2Bb+c";
        ProxySelector proxies =
                ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        try (CamelHttpTransport through = transport("proxied", "http://api.example.test", proxies)) {
            assertThat(through.send(request(Method.POST, path, "{}"), "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(server.seen.getFirst().path()).isEqualTo("http://api.example.test" + path);
        assertThat(server.seen.getFirst().header("host")).isEqualTo("api.example.test");
    }

    @Test
    void theSystemsProxiesAreAsked() {
        List<URI> asked = new CopyOnWriteArrayList<>();
        ProxySelector selector = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
        try (CamelHttpTransport direct = transport("direct", server.url(), selector)) {
            assertThat(direct.send(request(Method.GET, "/x", ""), "")).isInstanceOf(HttpAnswer.class);
        }
        assertThat(asked).isNotEmpty();
    }

    @Test
    void whatIsSentIsWhatWasAskedFor() {
        HttpRequest request = new HttpRequest(
                Method.PUT,
                "/x",
                Map.of(
                        "Idempotency-Key", "k1",
                        "Accept", "text/csv",
                        "CamelHttpUri", "http://127.0.0.1:1/",
                        "CamelHttpPath", "/evil",
                        "X-Split", "a\r\nX-Evil: 1"),
                Body.of("a,b\n1,é\n"),
                "text/csv; charset=UTF-8",
                Replay.NEVER,
                PATIENCE);

        transport.send(request, "");

        WireServer.Seen seen = server.seen.getFirst();
        assertThat(seen.method()).isEqualTo("PUT");
        assertThat(seen.path()).isEqualTo("/base/x");
        assertThat(seen.text()).isEqualTo("a,b\n1,é\n");
        assertThat(seen.header("content-type")).isEqualTo("text/csv; charset=UTF-8");
        assertThat(seen.header("accept")).isEqualTo("text/csv");
        assertThat(seen.header("idempotency-key")).isEqualTo("k1");
        assertThat(seen.header("user-agent")).isEqualTo("Caravan");
        assertThat(seen.headers()).doesNotContainKeys("x-evil", "authorization", "upgrade", "expect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\r\nX-Evil: 1", "/é", "/a\u0000"})
    void aPathThatIsNotEncodedIsSentByNobody(String path) {
        assertThatThrownBy(() -> transport.send(request(Method.GET, path, ""), ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(server.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void anEmptyBodyHasALength(String method) {
        transport.send(request(Method.valueOf(method), "/x", ""), "");
        assertThat(server.seen.getFirst().header("content-length")).isEqualTo("0");
    }

    @Test
    void aDeleteMayCarryABody() {
        transport.send(request(Method.DELETE, "/x", "{\"ids\":[1]}"), "");
        assertThat(server.seen.getFirst().text()).isEqualTo("{\"ids\":[1]}");
    }

    @Test
    void bytesArriveIntactBothWays() {
        byte[] bytes = new byte[700_000];
        RandomGenerator.of("L64X128MixRandom").nextBytes(bytes);
        server.behaviour =
                (seen, wire) -> wire.bytes(200, seen.body().bytes(), "Content-Type: application/octet-stream");
        HttpAnswer answer = answered(new HttpRequest(
                Method.POST, "/x", Map.of(), Body.of(bytes), "application/octet-stream", Replay.NEVER, PATIENCE));
        assertThat(Arrays.equals(answer.body().bytes(), bytes)).isTrue();
    }

    @Test
    void aPackedAnswerIsUnpacked() {
        server.behaviour = (seen, wire) -> {
            assertThat(seen.header("accept-encoding")).contains("gzip");
            wire.bytes(200, zipped("{\"é\":1}".getBytes(StandardCharsets.UTF_8)), "Content-Encoding: gzip");
        };
        assertThat(answered(request(Method.GET, "/x", "")).body().text()).isEqualTo("{\"é\":1}");
    }

    @Test
    void whatIsClosedSendsNothing() {
        CamelHttpTransport closed = transport("closed", server.url(), ProxySelector.getDefault());
        closed.close();
        assertThat(closed.send(request(Method.POST, "/x", "{}"), ""))
                .isEqualTo(new Reply.NotSent("stopped", "", Optional.empty(), 0));
        assertThat(closed.login()).isEqualTo(new Reply.NotSent("stopped", "", Optional.empty(), 0));
        assertThat(context.hasComponent("http-closed")).isNull();
        assertThat(server.seen).isEmpty();
    }

    @Test
    void aNameCanBeOpenedAgain() {
        transport.close();
        transport = transport("web_hook-1", server.url(), ProxySelector.getDefault());
        assertThat(post("{}")).isInstanceOf(HttpAnswer.class);
    }
}
