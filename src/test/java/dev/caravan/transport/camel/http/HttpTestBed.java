package dev.caravan.transport.camel.http;

import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.camel.auth.AccountSource;
import dev.caravan.transport.camel.auth.Auth;
import dev.caravan.transport.camel.auth.Credentials;
import dev.caravan.transport.camel.auth.FileTokenStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A transport without credentials, and the server that it sends to. */
abstract class HttpTestBed {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final int LONGEST = 1024 * 1024;

    static CamelContext context;

    WireServer server;
    CamelHttpTransport transport;

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
        server = new WireServer();
        transport = transport("web_hook-1", server.url() + "/base", ProxySelector.getDefault());
    }

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    static CamelHttpTransport transport(String name, String url, ProxySelector proxies) {
        HttpSettings settings = new HttpSettings(
                name,
                captured -> url,
                Auth.of(new Credentials.None(), AccountSource.Told.text("account"), Duration.ofSeconds(5)),
                4,
                Duration.ofSeconds(2),
                LONGEST);
        return new CamelHttpTransport(
                context,
                settings,
                new FileTokenStore(Path.of("unused")),
                InstantSource.fixed(NOW),
                new Surroundings(proxies, DefaultClientTlsStrategy.createSystemDefault()));
    }

    static Request request(Method method, String path, String body) {
        return request(method, path, body, PATIENCE);
    }

    static Request request(Method method, String path, String body, Duration timeout) {
        String type = body.isEmpty() ? "" : "application/json";
        return new HttpRequest(method, path, Map.of(), Body.of(body), type, Replay.NEVER, timeout);
    }

    Reply post(String body) {
        return transport.send(request(Method.POST, "/x", body), "");
    }

    HttpAnswer answered(Request request) {
        return (HttpAnswer) transport.send(request, "");
    }

    static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
