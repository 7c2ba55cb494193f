package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.app.json.Json;
import dev.caravan.mapping.MappingId;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to a command that delivers by itself: it stops between batches, closes its books, and the next one goes on. */
class StoppedCommandTest {

    private static final int ROWS = 4_000;

    /** With two batches at once the delivery would take ten seconds: a signal after the first write comes in time. */
    private static final Duration LATENCY = Duration.ofSeconds(1);

    private static final int SIGTERM = 143;
    private static final MappingId LEADS = new MappingId("leads");

    @TempDir
    private Path workspace;

    @Test
    void aSyncStopsBetweenBatches() throws IOException, InterruptedException {
        try (Sandbox sandbox = sandbox()) {
            aSmallBusiness(sandbox);
            Process process = start("sync", "leads", "--json", "-w", workspace.toString());
            while (process.isAlive() && sandbox.writes().isEmpty()) {
                Thread.sleep(5);
            }
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            sandbox.latency(Duration.ZERO);
            String said = Files.readString(workspace.resolve("out"));
            String errors = Files.readString(workspace.resolve("err"));
            assertThat(process.exitValue()).as("%s%n%s", said, errors).isEqualTo(SIGTERM);
            assertThat(said).as(errors).startsWith("{");
            assertThat(errors).contains("stopping").doesNotContain("Exception");

            JsonNode report = Json.parse(said);
            assertThat(report.get("state").asText()).isEqualTo("failed");
            assertThat(report.get("error").asText()).contains("run.stopped");
            assertThat(report.get("unknown").asLong()).isZero();
            assertThat(report.get("accepted").asLong()).isBetween(200L, ROWS - 200L);
            assertThat(report.get("held").asLong())
                    .isEqualTo(ROWS - report.get("accepted").asLong());
            theRestFollows(sandbox, report.get("accepted").asLong());
        }
    }

    private void theRestFollows(Sandbox sandbox, long before) {
        try (Worker worker = Worker.open(workspace, WorkerOptions.command())) {
            Operations operations = worker.operations();
            SyncReport rest = operations.sync(LEADS, Progress.NONE);
            assertThat(rest.state()).isEqualTo("done");
            assertThat(rest.accounting().accepted()).isEqualTo(ROWS - before);
            assertThat(sandbox.writes()).as("each row was sent once").hasSize(ROWS);
        }
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Caravan.class.getName());
        builder.command().addAll(List.of(arguments));
        return builder.redirectOutput(workspace.resolve("out").toFile())
                .redirectError(workspace.resolve("err").toFile())
                .start();
    }

    private static Sandbox sandbox() throws IOException {
        return Sandbox.start(
                SandboxSpec.defaults()
                        .withLatency(LATENCY)
                        .withObjects(ObjectSpec.of(
                                "Lead",
                                FieldSpec.builder("Lead_Id__c", FieldKind.TEXT)
                                        .length(40)
                                        .externalId(true)
                                        .unique(true)
                                        .build())),
                0);
    }

    private void aSmallBusiness(Sandbox sandbox) throws IOException {
        write("secret", "caravan-demo-secret");
        write("caravan.yaml", """
                connections:
                  files: {connector: files, path: data}
                  crm:
                    connector: salesforce
                    login_url: "%s"
                    client_id: caravan-demo
                    client_secret: "{{file:secret}}"
                    limits: {concurrency: 2}
                """.formatted(sandbox.baseUri()));
        write("mappings/leads.yaml", """
                model: {connection: files, path: leads.csv, key: lead_id}
                destination: {connection: crm, object: Lead, key: {Lead_Id__c: lead_id}, strategy: batch}
                fields: {LastName: {column: name}, Company: {constant: Unknown}}
                guardrails: {max_first_sync: 100000}
                """);
        write(
                "data/leads.csv",
                IntStream.range(0, ROWS)
                        .mapToObj(i -> "L" + i + ",Name " + i)
                        .collect(Collectors.joining("\n", "lead_id,name\n", "\n")));
    }

    private void write(String file, String text) throws IOException {
        Path path = workspace.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
