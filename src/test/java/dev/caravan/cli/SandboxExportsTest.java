package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.mapping.MappingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code caravan sandbox} prints leads the workspace's own connections to it, whatever they are on. */
class SandboxExportsTest {

    @TempDir
    private Path workspace;

    private final Cli cli = new Cli();

    @BeforeEach
    void aModel() throws IOException {
        write("data/people.csv", "email,name\nada@example.com,Ada\n");
        write("mappings/people.yaml", """
            model: {connection: files, path: people.csv, key: email}
            destination: {connection: hub, object: contacts, operation: upsert, key: {email: email}}
            fields: {firstname: name}
            """);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(workspace.resolve(file).getParent());
        Files.writeString(workspace.resolve(file), text);
    }

    private void connections(String yaml) throws IOException {
        write("caravan.yaml", "connections:\n  files: {connector: files, path: data}\n" + yaml.indent(2));
    }

    /** What it prints, and what was done while it ran. */
    private String printed(String... more) {
        List<String> args = new ArrayList<>(List.of("sandbox", "-w", workspace.toString()));
        args.addAll(List.of(more));
        assertThat(cli.run(args.toArray(String[]::new))).as(cli.err()).isZero();
        return cli.out();
    }

    private SyncReport synced(JsonNode exports) {
        WorkerOptions options = WorkerOptions.command()
                .with(name -> Optional.of(exports.path(name).asText()).filter(value -> !value.isEmpty()));
        try (Worker worker = Worker.open(workspace, options)) {
            return worker.operations().sync(new MappingId("people"), Progress.NONE);
        }
    }

    @Test
    void whatIsExportedIsLetIn() throws IOException {
        List<SyncReport> reports = new ArrayList<>();
        cli.whileStaying = () -> reports.add(synced(cli.json().path("exports")));
        connections("""
            hub: {connector: hubspot, api_base: "{{env:HUB}}", access_token: "{{env:HUB_TOKEN}}"}
            """);
        printed("--json");
        connections("""
            hub:
              connector: hubspot
              login: oauth
              api_base: "{{env:HUB}}"
              client_id: "{{env:HUB_ID}}"
              client_secret: "{{env:HUB_SECRET}}"
              refresh_token: "{{env:HUB_REFRESH}}"
            """);
        write("data/people.csv", "email,name\nada@example.com,Ada L\n");
        printed("--json");
        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report -> assertThat(report.accounting().accepted())
                        .as("%s", report)
                        .isEqualTo(1));
    }

    @Test
    void everyVendorOfTheWorkspaceIsPrinted() throws IOException {
        connections("""
            crm: {connector: salesforce, login_url: "{{env:CRM}}", client_id: "{{env:ID}}", client_secret: "{{env:SECRET}}"}
            hub: {connector: hubspot, api_base: "{{env:HUB}}", access_token: "{{file:secrets/hub}}"}
            desk: {connector: zendesk, api_base: "https://acme.zendesk.com", email: "{{env:MAIL}}", api_token: "{{env:DESK}}"}
            push: {connector: braze, api_base: "{{env:PUSH}}", api_key: "{{env:PUSH_KEY}}", workspace: "{{env:PUSH_NAME}}"}
            chat: {connector: intercom, api_base: "{{env:CHAT}}", access_token: "{{env:DESK}}"}
            """);
        String printed = printed();
        String base = printed.lines().findFirst().orElseThrow().replaceAll(".* at ", "");
        Map<String, String> exports = printed.lines()
                .filter(line -> line.startsWith("export "))
                .map(line -> line.substring(7).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        assertThat(exports)
                .containsOnly(
                        Map.entry("CRM", base),
                        Map.entry("ID", "caravan-demo"),
                        Map.entry("SECRET", "caravan-demo-secret"),
                        Map.entry("HUB", base + "/hubspot"),
                        Map.entry("MAIL", "caravan@sandbox.invalid"),
                        Map.entry("DESK", "caravan-demo-zendesk-token"),
                        Map.entry("PUSH", base + "/braze"),
                        Map.entry("PUSH_KEY", "caravan-demo-braze-key"),
                        Map.entry("CHAT", base + "/intercom"));
        assertThat(printed.lines().filter(line -> line.startsWith("# ")))
                .containsExactlyInAnyOrder(
                        "# connection hub: the file secrets/hub must hold pat-na1-caravan-demo",
                        "# connection desk: write api_base: " + base + "/zendesk",
                        "# connection push: set PUSH_NAME, its workspace, to any",
                        "# connection chat: needs caravan-demo-intercom-token in another variable than DESK");
    }

    @Test
    void withoutAConnectionToItTheUsualNamesArePrinted() throws IOException {
        connections("");
        assertThat(printed())
                .contains("export SALESFORCE_LOGIN_URL=http://127.0.0.1:")
                .contains("export SALESFORCE_CLIENT_ID=caravan-demo\n")
                .contains("export SALESFORCE_CLIENT_SECRET=caravan-demo-secret\n");
    }

    /** The page says what is printed. */
    @Test
    void thePageOnTheSandboxHasEveryValue() throws IOException {
        connections("""
            a: {connector: marketo, api_base: "{{env:A1}}", client_id: "{{env:A2}}", client_secret: "{{env:A3}}"}
            b: {connector: meta, api_base: "{{env:B1}}", access_token: "{{env:B2}}", account: act_4200001}
            c:
              connector: google_ads
              api_base: "{{env:C1}}"
              token_url: "{{env:C2}}"
              client_id: "{{env:C3}}"
              client_secret: "{{env:C4}}"
              refresh_token: "{{env:C5}}"
              developer_token: "{{env:C6}}"
              customer_id: "{{env:C7}}"
            d: {connector: webhook, url: "{{env:D1}}", secret: "{{env:D2}}"}
            """);
        String page = Files.readString(Path.of("docs/sandbox.md"));
        String printed = printed();
        String base = printed.lines().findFirst().orElseThrow().replaceAll(".* at ", "");
        List<String> values = printed.lines()
                .filter(line -> line.startsWith("export "))
                .map(line -> line.replaceAll("^[^=]*=", "").replace(base, ""))
                .toList();
        assertThat(values).hasSize(14).allSatisfy(value -> assertThat(page).contains("`" + value + "`"));
    }
}
