package dev.caravan.scenario.kill;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.FieldKind;
import dev.caravan.sandbox.spec.FieldSpec;
import dev.caravan.sandbox.spec.ObjectSpec;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A workspace that a worker can be killed in, on a sandbox that lives on. */
final class KillBed {

    /** The next day comes within seconds here: what was lost on the last has landed by then. */
    private static final String CARAVAN = """
            connections:
              files: {connector: files, path: data}
              crm:
                connector: salesforce
                login_url: "{{env:URL}}"
                client_id: "{{env:ID}}"
                client_secret: "{{env:SECRET}}"
                limits: {requests_per_second: 1000, concurrency: 4}
                zombie_window: 100ms
            """;

    private static final String MAPPING = """
            model:
              connection: files
              path: rows.csv
              key: id
              columns: {version: integer, score: decimal}
            destination:
              connection: crm
              object: Lead
              operation: upsert
              key: {Row_Id__c: id}
              strategy: STRATEGY
            fields:
              LastName: {constant: Lead}
              Company: {constant: Unknown}
              Version__c: {column: version}
              Score__c: {column: score}
            """;

    /** The guards that hold a first sync and a day on which everything changes, out of the way. */
    private static final String UNGUARDED = "guardrails: {max_first_sync: 100000, max_changed: 100%}\n";

    private final Path folder;
    private final Sandbox sandbox;
    private final SandboxSpec spec;

    KillBed(Path folder, Sandbox sandbox, SandboxSpec spec, String strategy, boolean guarded) throws IOException {
        this.folder = folder;
        this.sandbox = sandbox;
        this.spec = spec;
        Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(folder.resolve("mappings"));
        Files.writeString(folder.resolve("caravan.yaml"), CARAVAN);
        Files.writeString(
                folder.resolve("mappings/test.yaml"),
                MAPPING.replace("STRATEGY", strategy) + (guarded ? "" : UNGUARDED));
    }

    static SandboxSpec spec() {
        return SandboxSpec.defaults()
                .withLatency(Duration.ofMillis(50))
                .withDailyLimit(10_000_000)
                .withObjects(ObjectSpec.of(
                        "Lead",
                        FieldSpec.builder("Row_Id__c", FieldKind.TEXT)
                                .length(40)
                                .externalId(true)
                                .unique(true)
                                .build(),
                        FieldSpec.builder("Version__c", FieldKind.NUMBER)
                                .precision(6)
                                .scale(0)
                                .build(),
                        FieldSpec.builder("Score__c", FieldKind.NUMBER)
                                .precision(5)
                                .scale(2)
                                .build()));
    }

    Path folder() {
        return folder;
    }

    void model(int version) throws IOException {
        Rows.write(folder.resolve("data/rows.csv"), version);
    }

    LedgerFile ledger() {
        return new LedgerFile(folder.resolve("state/ledger.db"));
    }

    Path snapshots() {
        return folder.resolve("state/snapshots");
    }

    Map<String, String> environment() {
        return Map.of(
                "URL", sandbox.baseUri().toString(),
                "ID", spec.login().clientId(),
                "SECRET", spec.login().clientSecret());
    }

    /**
     * Starts a worker and kills it at that moment; one that is done before is simply done.
     *
     * @param approves whether it approves its plan if that is held
     */
    void kill(Moment moment, boolean approves) throws IOException, InterruptedException {
        Process process = start(approves);
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.equals(moment.word())) {
                line = said.readLine();
            }
            long before = Moment.seen(sandbox);
            while (process.isAlive() && Moment.seen(sandbox) < before + moment.requests()) {
                Thread.sleep(2);
            }
            Thread.sleep(moment.more());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(boolean approves) throws IOException {
        Map<String, String> values = environment();
        return Child.of(
                        KilledWorker.class,
                        folder.toString(),
                        values.get("URL"),
                        values.get("ID"),
                        values.get("SECRET"),
                        Boolean.toString(approves))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
