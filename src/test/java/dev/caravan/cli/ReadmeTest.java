package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Progress;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.app.WorkspaceLoader;
import dev.caravan.cli.serve.SandboxSpecs;
import dev.caravan.config.LoadResult;
import dev.caravan.config.Workspace;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Problem;
import dev.caravan.run.Accounting;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.spec.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the pages below {@code docs/} write is what Caravan reads. {@link DemoTest} runs the README's commands. */
class ReadmeTest {

    private static final Pattern FILE = Pattern.compile("^# (\\S+\\.yaml)\n");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @TempDir
    private Path folder;

    @Test
    void theMappingExplainedIsTheMappingThatIsThere() throws IOException {
        String explained = named("mappings/growth/lead-scores.yaml");
        List<String> plain = explained
                .lines()
                .map(Readme::withoutComment)
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(plain).isEqualTo(Files.readAllLines(Path.of("mappings/growth/lead-scores.yaml")));
    }

    @Test
    void theExampleWorkspaceLoads() throws IOException {
        write("caravan.yaml", named("caravan.yaml"));
        write("mappings/sales/tiers.yaml", named("mappings/sales/tiers.yaml"));
        LoadResult result = Workspace.load(folder, InstantSource.system());
        assertThat(result.problems()).isEmpty();
        assertThat(result.mappings()).hasSize(1);
    }

    /** Pasted as it stands, it is synced to the sandbox that it declares. */
    @Test
    void theExampleWorkspaceIsSynced() throws IOException {
        for (String file : List.of("caravan.yaml", "mappings/sales/tiers.yaml", "sandbox.yaml")) {
            write(file, named(file));
        }
        String data = Readme.blocks("csv").getFirst();
        write("data/tiers.csv", data.substring(data.indexOf('\n') + 1));
        SandboxSpec spec = SandboxSpecs.declaredIn(folder);
        try (Sandbox sandbox = Sandbox.start(spec, 0)) {
            Map<String, String> exported = Map.of(
                    "SALESFORCE_LOGIN_URL", sandbox.baseUri().toString(),
                    "SALESFORCE_CLIENT_ID", spec.login().clientId(),
                    "SALESFORCE_CLIENT_SECRET", spec.login().clientSecret());
            WorkerOptions options = WorkerOptions.command().with(name -> Optional.ofNullable(exported.get(name)));
            try (Worker worker = Worker.open(folder, options)) {
                assertThat(worker.operations()
                                .sync(new MappingId("sales/tiers"), Progress.NONE)
                                .accounting())
                        .isEqualTo(new Accounting(2, 2, 0, 0, 0, 0));
            }
            assertThat(sandbox.records("Account")).hasSize(2);
        }
    }

    @Test
    void everyYamlBlockOfTheWorkspacePageLoads() throws IOException {
        String page = Files.readString(Path.of("docs/workspace.md"));
        List<String> blocks = Pattern.compile("(?ms)^```yaml\n(.*?)^```$")
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(5);
        String hubspot = "  hubspot: {connector: hubspot, access_token: \"{{env:TOKEN}}\"}\n";
        write("caravan.yaml", blocks.get(0).replace("  crm:\n", hubspot + "  crm:\n"));
        write("mappings/leads.yaml", blocks.get(1) + """
                destination: {connection: crm, object: Lead, key: {Lead_Id__c: lead_id}}
                fields: {Lead_Score__c: score}
                """);
        String jobs = "model: {connection: warehouse, sql: \"select email, domain from jobs\", key: [email, domain]}\n";
        write("mappings/jobs.yaml", jobs + blocks.get(2));
        write("mappings/people.yaml", """
                model: {connection: warehouse, table: people, key: id}
                destination: {connection: crm, object: Contact, key: {Id__c: id}}
                """ + blocks.get(3));
        write("sandbox.yaml", blocks.get(4));
        WorkspaceLoader loader = new WorkspaceLoader(folder, name -> Optional.of("x"), InstantSource.system());
        assertThat(loader.cached().problems()).extracting(Problem::oneLine).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (String page : List.of(
                "README.md",
                "docs/workspace.md",
                "docs/operations.md",
                "docs/problems.md",
                "docs/sandbox.md",
                "docs/adding-a-connector.md")) {
            Path file = Path.of(page).toAbsolutePath();
            assertThat(LINK.matcher(Files.readString(file)).results().map(link -> link.group(1)))
                    .as(page)
                    .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
        }
    }

    private String named(String file) {
        return Readme.blocks("yaml").stream()
                .filter(block -> FILE.matcher(block)
                        .results()
                        .anyMatch(first -> first.group(1).equals(file)))
                .findFirst()
                .orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
