package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.YamlServer.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people see who write a workspace's files in an editor: the schemas that {@code caravan schema} writes, as a real YAML language
 * server understands them. Skipped where there is none.
 */
class EditorsTest {

    @TempDir
    private static Path folder;

    private static YamlServer server;
    private static int files;

    @BeforeAll
    static void open() throws IOException {
        server = YamlServer.start(folder);
        assertThat(new Cli().run("schema", "--into", folder.resolve("schemas").toString()))
                .isZero();
    }

    @AfterAll
    static void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    static List<Path> examples() throws IOException {
        try (Stream<Path> all = Stream.of(
                        "caravan.yaml", "sandbox.yaml", "mappings", "connectors", "src/test/resources")
                .map(Path::of)
                .flatMap(EditorsTest::below)) {
            List<Path> found =
                    all.filter(file -> !kind(file).isEmpty()).sorted().toList();
            assertThat(found).hasSizeGreaterThan(25);
            return found;
        }
    }

    /** A key that no file has shows that the schema is heeded: without one an editor likes everything. */
    @ParameterizedTest
    @MethodSource("examples")
    void nothingIsUnderlinedInAGoodFile(Path example) throws IOException {
        String text = Files.readString(example);
        assertThat(server.open(file(), named(kind(example), text))).isEmpty();
        String more = named(kind(example), text.stripTrailing() + "\nno_such_key: 1\n");
        assertThat(server.open(file(), more))
                .singleElement()
                .isEqualTo(new Diagnostic((int) more.lines().count() - 1, "Property no_such_key is not allowed."));
    }

    /** A file with mistakes: the lines that are to be underlined end with {@code #} and a part of what is to be said. */
    record Bad(String kind, String text) {}

    static Stream<Bad> mistakes() {
        return Stream.of(
                new Bad("caravan", """
                    connections:
                      crm:
                        connector: hubspot
                        access_token: "{{env:TOKEN}}"
                        acess_token: x  # acess_token is not allowed
                    state: {ledgr: x}  # ledgr is not allowed
                    """), new Bad("sandbox", """
                    objects:
                      Lead:
                        fields:
                          Score__c: {type: nunber}  # Valid values: "
                    """), new Bad("model", """
                    connection: warehouse
                    table: people
                    key: id
                    colums: {}  # colums is not allowed
                    """), new Bad("mapping", """
                    model: people
                    schedule: {every: soon}  # pattern
                    destination:
                      connection: crm
                      object: Lead
                      operation: upsrt  # "upsert"
                      key: {Email: email}
                    felds:  # felds is not allowed
                      Name: name
                    """));
    }

    static Stream<Bad> mistakesInConnectors() {
        return Stream.of(new Bad("connector", """
                    connector: x
                    title: X
                    base_url: https://x.example
                    auth: {type: beerer, token: a}  # Valid values: "api_key", "basic", "bearer"
                    account: {of: x}
                    objects:
                      - names: [a]
                        fields: []
                        operations:
                          upsert:
                            class: Z  # Valid values: "A", "B"
                            request:  # Exactly one of get, post, put, patch, delete.
                              pst: /x  # pst is not allowed
                    """), new Bad("connector", """
                    connector: x
                    title: X
                    base_url: https://x.example
                    auth: {type: basic, username: a, pasword: b}  # pasword
                    account: {of: x}
                    objects:
                      - names: [a]
                        fields: []
                        operations:
                          upsert:
                            class: A
                            request:  # Exactly one of get, post, put, patch, delete.
                              body: {}
                    """));
    }

    @ParameterizedTest
    @MethodSource({"mistakes", "mistakesInConnectors"})
    void mistakesAreUnderlinedWhereTheyAre(Bad bad) throws IOException {
        List<String> lines = named(bad.kind(), bad.text()).lines().toList();
        List<Diagnostic> found = server.open(file(), String.join("\n", lines));
        assertThat(found.stream().map(Diagnostic::line).distinct().sorted())
                .as(found.toString())
                .containsExactlyElementsOf(IntStream.range(1, lines.size())
                        .filter(line -> lines.get(line).contains("  # "))
                        .boxed()
                        .toList());
        found.stream()
                .map(Diagnostic::line)
                .forEach(line -> assertThat(found)
                        .filteredOn(each -> each.line() == line)
                        .extracting(Diagnostic::message)
                        .anyMatch(message -> message.contains(wanted(lines.get(line)))));
    }

    private static String wanted(String line) {
        return line.substring(line.indexOf("  # ") + 4);
    }

    @Test
    void keysAreOffered() throws IOException {
        Path file = file();
        server.open(file, named("mapping", "model: people\ndestination:\n  connection: crm\n  \n"));
        assertThat(server.complete(file, 4, 2))
                .contains("object", "operation", "key")
                .doesNotContain("connection", "fields");
        assertThat(server.hover(file, 3, 4)).contains("a connection to write to");
    }

    private static Path file() {
        return folder.resolve("mappings/growth/file-" + ++files + ".yaml");
    }

    /** As the documentation has it. */
    private static String named(String kind, String text) {
        return "# yaml-language-server: $schema=../../schemas/" + kind + ".schema.json\n" + text;
    }

    private static Stream<Path> below(Path start) {
        try (Stream<Path> files = Files.walk(start)) {
            return files.toList().stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String kind(Path file) {
        String path = file.toString().replace('\\', '/');
        if (path.contains("/bad/") || !path.endsWith(".yaml") || path.contains("/exchanges/")) {
            return "";
        }
        String name = file.getFileName().toString().replace(".yaml", "");
        return List.of("caravan", "sandbox", "connector").contains(name)
                ? name
                : path.contains("mappings/") ? "mapping" : "";
    }
}
