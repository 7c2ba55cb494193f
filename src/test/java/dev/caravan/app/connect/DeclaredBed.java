package dev.caravan.app.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.config.settings.Setting;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** A connection on a connector of a few lines, and the API at its other end, which remembers what it was asked. */
final class DeclaredBed implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00.250Z");

    private static final String REST = """
            objects:
              - names: [things]
                fields: [{name: k, key: true}]
                open: text
                operations:
                  update:
                    class: A
                    request: {post: /things, body: "{{ row.values }}"}
                    answers: [{join: all}]
            """;

    /** A request as it came; headers by lower-case name. */
    record Seen(String method, String path, Map<String, String> headers, String body) {}

    /** What an answer is. */
    record Told(int status, String body) {}

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final CamelContext camel = new DefaultCamelContext();
    private volatile Function<Seen, Told> behaviour = request -> new Told(200, "{}");

    DeclaredBed() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        camel.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        Seen request = new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        seen.add(request);
        Told told = behaviour.apply(request);
        byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(told.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    DeclaredBed answering(Function<Seen, Told> how) {
        behaviour = how;
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What is wrong with such a connector. */
    static List<String> problems(String head) {
        return loaded(head).problems().stream().map(Problem::oneLine).toList();
    }

    private static LoadedConnector loaded(String head) {
        String rest = head.contains("objects:") ? "" : REST;
        return ConnectorReader.text(
                YamlSource.of("connector.yaml", "connector: sample\ntitle: Sample\n" + head + rest, ""), "sample");
    }

    /** Opens a connection with these settings. */
    Opened open(Path state, String head, Map<String, String> values) {
        LoadedConnector loaded = loaded(head);
        Place place = new Place("caravan.yaml", 1, 1);
        Map<String, Setting> settings = new HashMap<>();
        values.forEach((name, value) -> settings.put(name, new Setting.Literal(value, place)));
        Declared connection = new Declared(
                "api",
                new ConnectorKind("sample", false, true, List.of()),
                settings,
                Optional.empty(),
                Optional.empty(),
                place);
        var spec = loaded.spec().orElseThrow(() -> new AssertionError(problems(head)));
        return new DeclaredOpener(spec)
                .open(
                        connection,
                        new Opener.Surroundings(
                                camel, InstantSource.fixed(NOW), state, new WorkspaceConfig.Engine(1, 1, state)));
    }

    @Override
    public void close() {
        camel.stop();
        server.stop(0);
    }
}
