package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.json.Json;
import dev.caravan.cli.Readme.Command;
import dev.caravan.cli.demo.DemoStory;
import dev.caravan.cli.demo.OwnStage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo on a copy of this repository's workspace, told once for all tests, and while it is up every command of the README, in
 * order, as a second terminal would say them. {@code mvn verify} is the one left out: it is what runs this test, and CI runs it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

    private static final Pattern HELD = Pattern.compile("caravan approve ([0-9a-f]{12})");
    private static final List<String> OF_ITS_OWN =
            List.of("mvn verify", "./caravan demo", "./caravan sandbox", "./caravan run");

    private final List<Answer> answers = new ArrayList<>();
    private Path workspace = Path.of("");
    private Answer demo = new Answer("", -1, "", "");

    private record Answer(String line, int exit, String out, String err) {}

    @BeforeAll
    void tell(@TempDir Path folder) throws IOException {
        workspace = folder;
        Files.copy(Path.of("sandbox.yaml"), workspace.resolve("sandbox.yaml"));
        Files.writeString(
                workspace.resolve("caravan.yaml"),
                Files.readString(Path.of("caravan.yaml")) + "server: {management_port: 0}\n");
        Path mapping = Path.of("mappings/growth/lead-scores.yaml");
        Files.createDirectories(workspace.resolve(mapping).getParent());
        Files.copy(mapping, workspace.resolve(mapping));
        Path beside = Path.of("mappings/growth/call-list.yaml");
        Files.copy(beside, workspace.resolve(beside));
        demo = say("./caravan demo", release -> {
            Readme.commands()
                    .map(Command::line)
                    .filter(line -> !OF_ITS_OWN.contains(line))
                    .forEach(line -> answers.add(say(line, Runnable::run)));
            release.run();
        });
    }

    @Test
    void endsWellAfterThreeDays() {
        assertThat(demo.exit()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("made with seed 20260105")
                .contains("HELD    max_first_sync    first sync of 20,000 rows")
                .contains("result   20,000 accepted · 0 rejected")
                .contains("10 invalid (")
                .contains("6 rejected · 0 held · 0 unknown")
                .contains("rejected: DUPLICATE_VALUE, duplicate value found: Loyalty_No__c")
                .contains("took     0 requests")
                .contains("HELD    max_changed")
                .contains("; unchanged: ")
                .contains("The sandbox still holds 20,054 leads")
                .contains("Side by side: Salesforce holds 20,000 leads, call-list.csv 501 rows.")
                .contains("Side by side: Salesforce holds 20,054 leads, call-list.csv 515 rows.")
                .contains("Ctrl-C ends the demo")
                .endsWith("The demo has ended, and its sandbox with it. The next one begins afresh.\n");
    }

    @Test
    void theReadmeShowsItsRealOutput() {
        List<String> real = demo.out().lines().map(DemoTest::masked).toList();
        int at = 0;
        for (List<String> passage : passages(Readme.blocks("text").getFirst())) {
            int found = Collections.indexOfSubList(real.subList(at, real.size()), passage);
            assertThat(found)
                    .as("nothing is left out of this without an ellipsis:\n" + String.join("\n", passage))
                    .isNotNegative();
            at += found + passage.size();
        }
    }

    /** What stands between ellipses. */
    private static List<List<String>> passages(String shown) {
        List<List<String>> passages = new ArrayList<>(List.of(new ArrayList<>()));
        for (String line : shown.lines().toList()) {
            if (line.strip().equals("…")) {
                passages.add(new ArrayList<>());
            } else {
                passages.getLast().add(masked(line));
            }
        }
        return passages;
    }

    @Test
    void everyCommandOfTheReadmeEndsAsItSays() {
        Map<String, Integer> promised = new LinkedHashMap<>();
        Readme.commands().forEach(command -> promised.put(command.line(), command.exit()));
        assertThat(promised.keySet()).containsAll(OF_ITS_OWN);
        assertThat(answers)
                .hasSize(promised.size() - OF_ITS_OWN.size())
                .allSatisfy(answer -> assertThat(answer.exit())
                        .as(answer.line() + "\n" + answer.out() + answer.err())
                        .isEqualTo(promised.get(answer.line())));
    }

    @Test
    void theSandboxAndTheWorkerStartAndEnd() {
        assertThat(say("./caravan sandbox", Runnable::run).exit()).isZero();
        Answer run = say("./caravan run", Runnable::run);
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @Test
    void aSyncAnswersWithTheNamesThatTheReadmeShows() {
        Answer sync = answers.stream()
                .filter(answer -> answer.line().contains("sync"))
                .findFirst()
                .orElseThrow();
        JsonNode shown = Json.parse(Readme.blocks("json").getFirst());
        JsonNode real = Json.parse(sync.out());
        assertThat(names(real)).containsAll(names(shown));
        assertThat(names(real.path("planned"))).isEqualTo(names(shown.path("planned")));
        assertThat(names(real.path("guards").get(0)))
                .isEqualTo(names(shown.path("guards").get(0)));
    }

    @Test
    void stateThatTheDemoDidNotMakeIsLeftAlone() throws IOException {
        Path mark = workspace.resolve("state/demo/made-by-caravan-demo");
        Files.move(mark, workspace.resolve("mark"));
        Path ledger = workspace.resolve("state/ledger.db");
        long before = Files.size(ledger);
        Answer refused = say("./caravan demo --once", Runnable::run);
        Files.move(workspace.resolve("mark"), mark);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("[demo.workspace]");
        assertThat(Files.size(ledger)).isEqualTo(before);
    }

    @Test
    void aWorkspaceThatLeadsElsewhereIsRefused(@TempDir Path other) throws IOException {
        Files.writeString(
                other.resolve("caravan.yaml"),
                Files.readString(Path.of("caravan.yaml"))
                        .replace("\"{{env:SALESFORCE_LOGIN_URL}}\"", "https://acme.my.salesforce.com"));
        Answer refused = say("./caravan demo --once -w " + other, Runnable::run);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("[demo.workspace]").contains("caravan.yaml:");
        assertThat(other.resolve("state")).doesNotExist();
    }

    @Test
    void aLedgerThatOthersMayUseIsLeftAlone(@TempDir Path other) throws IOException {
        Files.writeString(
                other.resolve("caravan.yaml"),
                Files.readString(Path.of("caravan.yaml"))
                        .replace(
                                "\"sqlite:state/ledger.db\"",
                                "\"postgresql://db.example.org/ops\", user: ada, password: \"{{env:P}}\""));
        Answer refused = say("./caravan demo --once -w " + other, Runnable::run);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("[demo.workspace]").contains("on a server");
    }

    /** Figures that differ from run to run: times, hashes, ids, and requests that depend on how long the sandbox took. */
    private static String masked(String line) {
        return line.startsWith("  took")
                ? "took"
                : line.replaceAll("quota .* of", "quota of")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll("\\b[0-9a-f]{12,64}\\b", "HASH");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Answer say(String line, Stay stay) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                Map.of(),
                InstantSource.system(),
                System::nanoTime,
                stay);
        int exit = Caravan.run(
                console, new ProcessDoor(new GoodOrder(console)), new DemoStory(new OwnStage("test")), arguments(line));
        return new Answer(line, exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String[] arguments(String line) {
        Matcher held = HELD.matcher(answers.stream().map(Answer::out).reduce("", String::concat));
        String hash = held.find() ? held.group(1) : "none";
        List<String> words = new ArrayList<>(Pattern.compile("\"([^\"]*)\"|(\\S+)")
                .matcher(line.replace("./caravan ", ""))
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toList());
        words.replaceAll(word -> word.equals("PLAN") ? hash : word);
        if (!words.contains("-w")) {
            words.addAll(List.of("-w", workspace.toString()));
        }
        return words.toArray(String[]::new);
    }
}
