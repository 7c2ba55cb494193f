package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A YAML language server, as an editor runs one: a process of its own that speaks LSP over its standard streams. For one thread, which
 * asks; another one reads. A file is opened once.
 */
final class YamlServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "yaml-language-server";
    private static final String PROPERTY = "caravan.yaml_language_server";
    private static final Path INSTALLED = Path.of("target", NAME, "node_modules", ".bin", NAME);
    /** The schemas that files name, and none from the network. */
    private static final JsonNode SETTINGS = JSON.valueToTree(
            Map.of("validate", true, "completion", true, "hover", true, "schemaStore", Map.of("enable", false)));

    private final Process process;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> diagnosed = new ConcurrentHashMap<>();
    private int last;

    private YamlServer(Process process) {
        this.process = process;
        Thread.ofPlatform().daemon().name(NAME).start(this::listen);
    }

    /** What an editor underlines. */
    record Diagnostic(int line, String message) {}

    /** The one that is given, installed here or on the path; the test is skipped, and says so, where there is none. */
    static YamlServer start(Path folder) throws IOException {
        Optional<Path> program = program();
        String none = "SKIPPED: no " + NAME + "; npm install --prefix target/" + NAME + " " + NAME + ", or -D"
                + PROPERTY + "=FILE";
        if (program.isEmpty()) {
            System.out.println(none);
        }
        assumeTrue(program.isPresent(), none);
        YamlServer server = new YamlServer(
                new ProcessBuilder(program.orElseThrow().toAbsolutePath().toString(), "--stdio")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
        ObjectNode me = JSON.createObjectNode().put("rootUri", folder.toUri().toString());
        me.put("processId", ProcessHandle.current().pid());
        me.putObject("capabilities").putObject("workspace").put("configuration", true);
        server.ask("initialize", me);
        server.tell("initialized", JSON.createObjectNode());
        return server;
    }

    private static Optional<Path> program() {
        String given = System.getProperty(PROPERTY, "");
        if (!given.isEmpty()) {
            assertThat(Path.of(given)).as(PROPERTY).isExecutable();
            return Optional.of(Path.of(given));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(
                        Stream.of(INSTALLED),
                        Stream.of(path.split(File.pathSeparator, -1)).map(folder -> Path.of(folder, NAME)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a file, whether it is on the disk or not, and waits for what the server says of it. */
    List<Diagnostic> open(Path file, String text) throws IOException {
        CompletableFuture<JsonNode> told = new CompletableFuture<>();
        diagnosed.put(file.toUri().toString(), told);
        ObjectNode document = JSON.createObjectNode();
        document.putObject("textDocument")
                .put("uri", file.toUri().toString())
                .put("languageId", "yaml")
                .put("version", 1)
                .put("text", text);
        tell("textDocument/didOpen", document);
        List<Diagnostic> found = new ArrayList<>();
        soon(told)
                .forEach(each -> found.add(new Diagnostic(
                        each.at("/range/start/line").intValue(),
                        each.path("message").textValue())));
        return found;
    }

    /** What may be written at a place of an open file. */
    List<String> complete(Path file, int line, int column) throws IOException {
        JsonNode answer = ask("textDocument/completion", place(file, line, column));
        List<String> labels = new ArrayList<>();
        (answer.has("items") ? answer.path("items") : answer)
                .forEach(item -> labels.add(item.path("label").textValue()));
        return labels;
    }

    /** What is said of what stands at a place of an open file. */
    String hover(Path file, int line, int column) throws IOException {
        return ask("textDocument/hover", place(file, line, column))
                .at("/contents/value")
                .asText();
    }

    private static ObjectNode place(Path file, int line, int column) {
        ObjectNode place = JSON.createObjectNode();
        place.putObject("textDocument").put("uri", file.toUri().toString());
        place.putObject("position").put("line", line).put("character", column);
        return place;
    }

    private JsonNode ask(String method, JsonNode about) throws IOException {
        int id = ++last;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        send(JSON.createObjectNode().put("id", id).put("method", method).set("params", about));
        return soon(answer);
    }

    private void tell(String method, JsonNode about) throws IOException {
        send(JSON.createObjectNode().put("method", method).set("params", about));
    }

    private static JsonNode soon(CompletableFuture<JsonNode> answer) {
        return answer.orTimeout(2, TimeUnit.MINUTES).join();
    }

    private synchronized void send(ObjectNode message) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(message.put("jsonrpc", "2.0"));
        OutputStream out = process.getOutputStream();
        out.write(("Content-Length: " + bytes.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private void listen() {
        try (InputStream in = new BufferedInputStream(process.getInputStream())) {
            for (int length = length(in); length >= 0; length = length(in)) {
                heard(JSON.readTree(in.readNBytes(length)));
            }
            given(new IOException("the server ended"));
        } catch (IOException closed) {
            given(closed);
        }
    }

    private void given(IOException end) {
        asked.values().forEach(each -> each.completeExceptionally(end));
        diagnosed.values().forEach(each -> each.completeExceptionally(end));
    }

    /** The length that a message's head tells; less than none at the end. */
    private static int length(InputStream in) throws IOException {
        int length = -1;
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.append((char) next);
            if (next == '\n') {
                String head = line.toString().strip();
                if (head.isEmpty()) {
                    return length;
                }
                if (head.startsWith("Content-Length:")) {
                    length = Integer.parseInt(
                            head.substring(head.indexOf(':') + 1).strip());
                }
                line.setLength(0);
            }
        }
        return -1;
    }

    private void heard(JsonNode message) throws IOException {
        String method = message.path("method").asText();
        if (method.equals("textDocument/publishDiagnostics")) {
            CompletableFuture<JsonNode> waits =
                    diagnosed.get(URI.create(message.at("/params/uri").asText()).toString());
            if (waits != null) {
                waits.complete(message.at("/params/diagnostics"));
            }
        } else if (!method.isEmpty() && message.has("id")) {
            ObjectNode answer = JSON.createObjectNode();
            answer.set("id", message.path("id"));
            answer.set("result", answer(method, message.path("params")));
            send(answer);
        } else if (message.has("id")) {
            asked.remove(message.path("id").intValue()).complete(message.path("result"));
        }
    }

    private static JsonNode answer(String method, JsonNode params) {
        if (!method.equals("workspace/configuration")) {
            return JSON.nullNode();
        }
        List<JsonNode> settings = new ArrayList<>();
        params.path("items")
                .forEach(item ->
                        settings.add(item.path("section").asText().equals("yaml") ? SETTINGS : JSON.nullNode()));
        return JSON.valueToTree(settings);
    }

    /** Lets the server end by itself, as the protocol has it; else ends it. */
    @Override
    public void close() throws IOException {
        try {
            ask("shutdown", JSON.nullNode());
            tell("exit", JSON.nullNode());
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }
}
