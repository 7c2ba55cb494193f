package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.json.Json;
import dev.caravan.cli.Door.Opened;
import dev.caravan.cli.Door.Ports;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on a real workspace, with the real door, against the sandbox: in process and through an owner. */
class WorkspaceTest {

    private static final int ROWS = 1_200;

    @TempDir
    Path workspace;

    private final ProcessDoor door = new ProcessDoor(new GoodOrder(Console.ofProcess()));
    private Sandbox sandbox;
    private String out = "";

    @BeforeEach
    void aSmallBusiness() throws IOException {
        sandbox = Sandbox.start(
                SandboxSpec.defaults()
                        .withObjects(ObjectSpec.of(
                                "Lead",
                                FieldSpec.builder("Lead_Id__c", FieldKind.TEXT)
                                        .length(40)
                                        .externalId(true)
                                        .unique(true)
                                        .build())),
                0);
        write("secret", "caravan-demo-secret");
        write("caravan.yaml", """
                connections:
                  files: {connector: files, path: data}
                  crm: {connector: salesforce, login_url: "%s", client_id: caravan-demo, client_secret: "{{file:secret}}"}
                """.formatted(sandbox.baseUri()));
        write("mappings/leads.yaml", """
                description: Leads
                owner: growth
                model: {connection: files, path: leads.csv, key: lead_id}
                schedule: {cron: "0 0 3 1 1 ?", zone: UTC}
                destination: {connection: crm, object: Lead, operation: upsert, key: {Lead_Id__c: lead_id}}
                fields: {LastName: {column: name}, Company: {constant: Unknown}}
                """);
        write(
                "data/leads.csv",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> "L" + i + ",Name " + i)
                        .collect(Collectors.joining("\n", "lead_id,name\n", "\n")));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void write(String file, String text) throws IOException {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private int run(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Console console = new Console(
                stream,
                System.err,
                new BufferedReader(new StringReader("")),
                false,
                Map.of(),
                InstantSource.system(),
                System::nanoTime,
                Runnable::run);
        String[] all = new String[args.length + 3];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--json";
        all[args.length + 1] = "-w";
        all[args.length + 2] = workspace.toString();
        int exit = Caravan.run(console, door, (desk, once) -> 0, all);
        out = bytes.toString(StandardCharsets.UTF_8);
        return exit;
    }

    private JsonNode json() {
        return Json.parse(out);
    }

    @Test
    void aFirstSyncIsHeldApprovedAndExplained() throws Exception {
        assertThat(run("sync", "leads")).isEqualTo(4);
        List<String> names = names(json());
        assertThat(json().get("held").asInt()).isEqualTo(ROWS);
        assertThat(sandbox.records("Lead")).isEmpty();
        assertThat(run("approve", json().get("plan").asText().substring(0, 10), "--who", "ada"))
                .isZero();
        assertThat(json().get("accepted").asInt()).isEqualTo(ROWS);
        assertThat(sandbox.records("Lead")).hasSize(ROWS);
        assertThat(run("record", "L7")).isZero();
        assertThat(json().at("/history/0/fields/LastName").asText()).isEqualTo("Name 7");
        assertThat(json().at("/history/0/outcome/result").asText()).isEqualTo("accepted");
        try (Opened owner = door.serve(workspace, new Ports(Optional.of(0), "127.0.0.1", Optional.of(0)))) {
            throughTheOwner(names, owner.management().orElseThrow());
        }
        assertThat(run("runs")).as("the owner is gone").isZero();
        assertThat(run("record", "L8")).isZero();
        assertThat(json().path("history")).as("forgotten through the owner").isEmpty();
        assertThat(run("forget", "L9")).as("nobody said yes").isEqualTo(2);
        assertThat(run("forget", "L9", "--yes")).isZero();
        assertThat(run("record", json().at("/forgotten/0/token").asText())).isZero();
        assertThat(json().at("/history/0/outcome/result").asText()).isEqualTo("accepted");
        assertThat(json().at("/history/0/erased").asText()).isNotEmpty();
        assertThat(run("doctor", "--repair")).isZero();
        assertThat(run("run", "--management-port", "0", "--api-port", "99999")).isEqualTo(2);
        String taken = Integer.toString(sandbox.baseUri().getPort());
        assertThat(run("run", "--management-port", "0", "--api-port", taken)).isEqualTo(3);
        assertThat(json().at("/problems/0/code").asText()).isEqualTo("environment.port");
        assertThat(run("runs", "show")).as("no such mapping").isEqualTo(2);
        assertThat(run("record", "L7", "--mapping", "nosuch")).isEqualTo(2);
        assertThat(run("runs", "--limit", "0")).isEqualTo(2);
        assertThat(run("show", "abc")).isEqualTo(2);
        assertThat(json().at("/problems/0/message").asText()).endsWith("'abc' is not a number");
        assertThat(workspace.resolve("state/worker.lock")).isEmptyFile();
    }

    @Test
    void validateConnectsToDestinationsWhereItIsAskedTo() throws Exception {
        assertThat(run("validate", "--connect")).as(out).isZero();
        assertThat(json().path("problems")).isEmpty();
        String mapping = Files.readString(workspace.resolve("mappings/leads.yaml"));
        write("mappings/leads.yaml", mapping.replace("LastName:", "LastNam:"));
        assertThat(run("validate")).as("the files are good").isZero();
        assertThat(run("validate", "--connect")).isEqualTo(2);
        misspelt();
        try (Opened owner = door.serve(workspace, new Ports(Optional.of(0), "127.0.0.1", Optional.of(0)))) {
            assertThat(owner.owner()).isPresent();
            assertThat(run("validate", "--connect")).isEqualTo(2);
            misspelt();
            assertThat(run("pause", "--connection", "crm", "--why", "an incident"))
                    .isZero();
            int requests = sandbox.requests().size();
            assertThat(run("validate", "--connect")).isEqualTo(3);
            assertThat(json().at("/problems/0/code").asText()).isEqualTo("run.paused");
            assertThat(sandbox.requests()).as("paused means no request").hasSize(requests);
            assertThat(run("resume", "--connection", "crm")).isZero();
        }
        write("secret", "wrong");
        assertThat(run("validate", "--connect")).isEqualTo(3);
        assertThat(json().path("problems")).hasSize(1);
        assertThat(json().at("/problems/0/code").asText()).isEqualTo("destination.auth");
        Files.delete(workspace.resolve("secret"));
        assertThat(run("validate", "--connect")).isEqualTo(3);
        assertThat(json().at("/problems/0/code").asText()).isEqualTo("secret.missing");
        assertThat(sandbox.records("Lead")).isEmpty();
    }

    private void misspelt() {
        assertThat(json().path("problems")).hasSize(2);
        assertThat(json().at("/problems/0/code").asText()).isEqualTo("target.unknown_field");
        assertThat(json().at("/problems/0/place").asText()).isEqualTo("mappings/leads.yaml:6:10");
        assertThat(json().at("/problems/0/suggestion").asText()).contains("LastName");
    }

    private void throughTheOwner(List<String> names, URI management) throws Exception {
        write(
                "data/leads.csv",
                Files.readString(workspace.resolve("data/leads.csv")).replace("Name 7\n", "Seven\n"));
        assertThat(run("sync", "leads")).isZero();
        assertThat(names(json())).containsAll(names.subList(0, 15));
        assertThat(json().at("/planned/change").asInt()).isEqualTo(1);
        assertThat(sandbox.record("Lead", "Lead_Id__c", "L7")
                        .orElseThrow()
                        .get("LastName")
                        .asText())
                .isEqualTo("Seven");
        assertThat(run("forget", "L8", "--yes", "--mapping", "leads")).isZero();
        assertThat(json().at("/forgotten/0/snapshot").asBoolean()).isTrue();
        assertThat(run("status")).isZero();
        assertThat(json().at("/mappings/0/next").asText())
                .as("only an owner has schedules")
                .isNotEmpty();
        assertThat(run("doctor")).isZero();
        assertThat(out).contains("logged in to");
        assertThat(run("run", "--management-port", Integer.toString(management.getPort())))
                .as("a second owner")
                .isEqualTo(3);
        assertThat(json().at("/problems/0/code").asText()).isEqualTo("state.locked");
        assertThat(json().at("/problems/0/message").asText())
                .startsWith("process " + ProcessHandle.current().pid());
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(management.resolve("/observe/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("caravan_rows_total{mapping=\"leads\",outcome=\"accepted\"} 1.0")
                .contains("caravan_requests_total{connection=\"crm\",state=\"well\"}")
                .contains("caravan_model_rows{mapping=\"leads\"} 1200.0");
    }

    private static List<String> names(JsonNode node) {
        Iterable<String> names = node::fieldNames;
        Iterator<String> each = names.iterator();
        return IntStream.range(0, node.size()).mapToObj(i -> each.next()).toList();
    }
}
