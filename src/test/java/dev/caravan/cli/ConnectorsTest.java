package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code caravan connectors test} and {@code new}: what they say and how they end. */
class ConnectorsTest {

    private static final Path SPOT = Path.of("src/test/resources/connectors/spot/connector.yaml");
    private static final String EXAMPLE = "connectors/spot/exchanges/upsert.yaml";
    private static final String SOUND = """
        about: one is new
        object: contacts
        operation: upsert
        key: email
        rows: [{key: ada@example.com, fields: {firstname: Ada}}]
        exchanges:
          - request: {post: /crm/v3/objects/contacts/batch/upsert}
            response:
              status: 200
              body: {results: [{id: 7, objectWriteTraceId: row-0-dedupe-0, new: true}]}
        outcomes: [accepted 7 created]
        """;

    @TempDir
    private Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aWorkspaceWithAConnector() throws IOException {
        write("caravan.yaml", "connections: {}\n");
        write("connectors/spot/connector.yaml", Files.readString(SPOT));
        write(EXAMPLE, SOUND);
    }

    private void write(String file, String text) throws IOException {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of("connectors"));
        all.addAll(List.of(args));
        all.addAll(List.of("-w", workspace.toString()));
        return cli.run(all.toArray(String[]::new));
    }

    @Test
    void anExampleThatHoldsIsOk() {
        assertThat(run("test", "spot")).as(cli.out() + cli.err()).isZero();
        assertThat(cli.out()).contains("ok      " + EXAMPLE + ": one is new").contains("1 example is kept");
    }

    @Test
    void whatDoesNotAgreeIsSaidWithBothSides() throws IOException {
        write(EXAMPLE, SOUND.replace("accepted 7 created", "accepted 8"));
        assertThat(run("test", "spot")).isEqualTo(Exit.FAILED);
        assertThat(cli.out())
                .contains("differs " + EXAMPLE)
                .contains("[accepted 7 created] where the example says [accepted 8]")
                .contains("0 examples are kept, 1 is not");

        assertThat(run("test", "spot", "--json")).isEqualTo(Exit.FAILED);
        JsonNode example = cli.json().path("examples").path(0);
        assertThat(example.path("file").asText()).isEqualTo(EXAMPLE);
        assertThat(example.path("ok").asBoolean(true)).isFalse();
        assertThat(example.path("differences")).hasSize(1);
        assertThat(cli.json().path("exit").asInt()).isEqualTo(Exit.FAILED);
    }

    /** The others are played all the same. */
    @Test
    void anExampleThatCannotBeReadIsAProblemAtItsPlace() throws IOException {
        write("connectors/spot/exchanges/other.yaml", SOUND.replace("operation: upsert", "operation: upsrt"));
        write("connectors/spot/exchanges/third.yaml", "about: [\n");
        write("connectors/spot/exchanges/empty.yaml", "");
        assertThat(run("test", "spot")).isEqualTo(Exit.INVALID);
        assertThat(cli.out())
                .contains("connectors/spot/exchanges/other.yaml:3:12  'operation' cannot be 'upsrt'")
                .contains("did you mean 'upsert'?")
                .contains("connectors/spot/exchanges/third.yaml:2:1")
                .contains("connectors/spot/exchanges/empty.yaml:1:1  an empty file")
                .contains("ok      " + EXAMPLE);
    }

    @Test
    void aBrokenConnectorIsAProblemAtItsPlace() throws IOException {
        write("connectors/spot/connector.yaml", Files.readString(SPOT).replace("connector: spot", "conector: spot"));
        assertThat(run("test", "spot", "--json")).isEqualTo(Exit.INVALID);
        assertThat(cli.json().path("problems").path(0).path("place").asText())
                .startsWith("connectors/spot/connector.yaml:1:1");
        assertThat(cli.json().path("examples")).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotGood() throws IOException {
        Files.delete(workspace.resolve(EXAMPLE));
        assertThat(run("test", "spot")).isEqualTo(Exit.INVALID);
        assertThat(cli.out()).contains("there are no examples here");
        assertThat(run("test", "spt")).isEqualTo(Exit.INVALID);
        assertThat(cli.err()).contains("no folder connectors/spt").contains("did you mean 'spot'?");
        assertThat(run("test", "hubspot")).isEqualTo(Exit.INVALID);
        assertThat(cli.err()).contains("comes with Caravan");
        assertThat(run("test", "../spot")).isEqualTo(Exit.INVALID);
        assertThat(cli.err()).contains("cannot be called");
    }

    /** Those that come with Caravan are held to the same, as a person would. */
    @Test
    void theProjectsOwnAreKept() {
        assertThat(cli.run("connectors", "test", "hubspot", "-w", "."))
                .as(cli.out())
                .isZero();
    }

    @Test
    void aNewOneWorksAtOnceAndSaysWhatComesNext() throws IOException {
        assertThat(run("new", "address_book")).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("connectors/address_book/connector.yaml", "connectors/address_book/exchanges/upsert.yaml")
                .contains("caravan connectors test address_book")
                .contains("token: \"{{env:ADDRESS_BOOK_TOKEN}}\"")
                .contains("docs/adding-a-connector.md");
        String connector = Files.readString(workspace.resolve("connectors/address_book/connector.yaml"));
        assertThat(connector)
                .contains("title: Address book")
                .doesNotContain("NAME")
                .doesNotContain("TITLE");

        assertThat(run("test", "address_book")).as(cli.out()).isZero();
        assertThat(run("list")).isZero();
        assertThat(cli.out())
                .contains("address_book")
                .containsPattern(
                        "(?m)^salesforce +\\{object} +external ids, id look-ups, Id +upsert update insert mirror"
                                + " +nothing clear delete +see README$");
        assertThat(run("new", "third", "--json")).isZero();
        assertThat(cli.json().path("files")).hasSize(3);
    }

    @Test
    void aNewOneHasAPageThatItsFileKeepsTrue() throws IOException {
        assertThat(run("new", "address_book")).as(cli.err()).isZero();
        Path page = workspace.resolve("connectors/address_book/README.md");
        String begun = Files.readString(page);
        assertThat(begun)
                .startsWith("# Address book\n")
                .contains("{connector: address_book, token: \"{{env:ADDRESS_BOOK_TOKEN}}\"}")
                .contains("| `people` | upsert | A | 1 |")
                .contains("- everything, until somebody has called the API");
        Path connector = workspace.resolve("connectors/address_book/connector.yaml");
        Files.writeString(connector, Files.readString(connector).replace("names: [people]", "names: [persons]"));

        assertThat(run("readme", "address_book")).as(cli.err()).isZero();
        assertThat(cli.out()).isEqualTo("written  connectors/address_book/README.md\n");
        assertThat(page).hasContent(begun.replace("| `people` |", "| `persons` |"));
    }

    @Test
    void aPageIsNotMadeFromABrokenFile() throws IOException {
        Path page = workspace.resolve("connectors/spot/README.md");
        write("connectors/spot/connector.yaml", Files.readString(SPOT).replace("title: Spot", "titel: Spot"));
        assertThat(run("readme", "spot")).isEqualTo(Exit.INVALID);
        assertThat(cli.out())
                .contains("connectors/spot/connector.yaml:2:1  unknown key 'titel'")
                .endsWith("not written: connectors/spot/README.md\n");
        assertThat(page).doesNotExist();
        write("connectors/spot/connector.yaml", Files.readString(SPOT));
        assertThat(run("readme", "spot")).as(cli.out()).isZero();
        assertThat(page).content().startsWith("# Spot\n").contains("<!-- made from connector.yaml -->");
        for (String missing : List.of("hubspot", "spt", "../spot")) {
            assertThat(run("readme", missing)).as(missing).isEqualTo(Exit.INVALID);
        }
    }

    /** Comments of a new connector stand in columns, however long its name is. */
    @Test
    void whatIsBegunIsInGoodOrder() throws IOException {
        assertThat(run("new", "a_rather_long_name_of_an_api")).isZero();
        assertThat(Files.readAllLines(workspace.resolve("connectors/a_rather_long_name_of_an_api/connector.yaml")))
                .filteredOn(line -> line.indexOf(" # ") > 0)
                .extracting(line -> line.indexOf(" # "))
                .containsOnly(51, 81);
    }

    /** Of two long bodies nobody finds the word that is another. */
    @Test
    void aBodyThatDiffersIsToldByThePlaceInIt() throws IOException {
        assertThat(run("new", "mine")).isZero();
        Path example = workspace.resolve("connectors/mine/exchanges/upsert.yaml");
        Files.writeString(
                example,
                Files.readString(example)
                        .replace("body: {name: Ada, score: 12.5}", "body: {name: Eve, score: 12.5, list: [1, 2]}")
                        .replace("body: {name: Grace, score: null}", "body: {name: Grace}"));
        assertThat(run("test", "mine")).isEqualTo(Exit.FAILED);
        assertThat(cli.out())
                .contains("request 1, body at $.name: \"Ada\" where the example says \"Eve\"")
                .contains("request 1, body at $.list: nothing where the example says [1,2]")
                .contains("request 2, body at $.score: null where the example says nothing")
                .doesNotContain("12.5");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        write("connectors/mine/notes.txt", "mine");
        for (String taken : List.of("mine", "spot", "hubspot", "kafka")) {
            assertThat(run("new", taken)).as(taken).isEqualTo(Exit.INVALID);
            assertThat(cli.err()).contains("[connector.exists]");
        }
        assertThat(workspace.resolve("connectors/mine/connector.yaml")).doesNotExist();
        assertThat(workspace.resolve("connectors/hubspot")).doesNotExist();
        assertThat(workspace.resolve("connectors/spot/connector.yaml")).hasSameTextualContentAs(SPOT);
    }

    @Test
    void aNameIsWhatTheFormatTakes() {
        for (String name : List.of("Mine", "../mine", "my-api", "9to5", "a".repeat(41), "")) {
            assertThat(run("new", name)).as(name).isEqualTo(Exit.INVALID);
            assertThat(cli.err()).as(name).contains("[connector.name]");
        }
    }

    @Test
    void validateSaysWhatIsWrongWithAConnectorAndWithAConnectionOnIt() throws IOException {
        write("caravan.yaml", """
            connections:
              one: {connector: spot, access_token: "{{env:TOKEN}}"}
              two: {connector: spto, access_token: "{{env:TOKEN}}"}
              three: {connector: parcels}
            """);
        write("connectors/spot/connector.yaml", Files.readString(SPOT).replace("title: Spot", "titel: Spot"));
        assertThat(cli.run("validate", "-w", workspace.toString())).isEqualTo(Exit.INVALID);
        assertThat(cli.out())
                .contains("connectors/spot/connector.yaml:2:1  unknown key 'titel' in a connector")
                .contains("  titel: Spot\n  ^\n")
                .contains("caravan.yaml:2:20  the connector 'spot' cannot be used as its file is now")
                .contains("correct connectors/spot/connector.yaml")
                .contains("caravan.yaml:4:22  there is no connector 'parcels'")
                .contains("caravan connectors new");
        write("connectors/spot/connector.yaml", Files.readString(SPOT));
        assertThat(cli.run("validate", "-w", workspace.toString())).isEqualTo(Exit.INVALID);
        assertThat(cli.out())
                .doesNotContain("connectors/spot/connector.yaml:")
                .contains("caravan.yaml:3:20  there is no connector 'spto'")
                .contains("did you mean 'spot'?");
    }
}
