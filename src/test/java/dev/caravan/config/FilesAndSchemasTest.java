package dev.caravan.config;

import static dev.caravan.config.TestWorkspace.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.config.check.SchemaLookup;
import dev.caravan.config.settings.SandboxFile;
import dev.caravan.mapping.Mapping;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesAndSchemasTest {

    @TempDir
    private Path root;

    @Test
    void examplesAndHiddenCopiesAreNoMappings() {
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        String fingerprint = WorkspaceFiles.scan(root).fingerprint();
        workspace.write("mappings/growth/lead-scores.test.yaml", "[").write("mappings/..2024/lead-scores.yaml", "[");
        assertThat(workspace.load().problems()).isEmpty();
        assertThat(WorkspaceFiles.scan(root).fingerprint()).isEqualTo(fingerprint);
        workspace.write(MAPPING, workspace.text(MAPPING) + "\n");
        assertThat(WorkspaceFiles.scan(root).fingerprint()).isNotEqualTo(fingerprint);
    }

    @Test
    void anEditOfAConnectorIsAnEditOfTheWorkspace() throws IOException {
        Path connector = root.resolve("connectors/parcels/connector.yaml");
        Files.createDirectories(connector.getParent());
        String without = WorkspaceFiles.scan(root).fingerprint();
        Files.writeString(connector, "connector: parcels");
        String with = WorkspaceFiles.scan(root).fingerprint();
        assertThat(with).isNotEqualTo(without);
        Files.writeString(connector, "connector: parcel");
        assertThat(WorkspaceFiles.scan(root).fingerprint()).isNotEqualTo(with);
        Files.delete(connector);
        assertThat(WorkspaceFiles.scan(root).fingerprint()).isEqualTo(without);
    }

    @Test
    void aFileThatWouldBeOverlookedIsNamed() {
        TestWorkspace workspace = TestWorkspace.copyTo(root).write("mappings/other.yml", "a: 1");
        assertThat(TestWorkspace.brief(workspace.load().problems()))
                .containsExactly("mappings/other.yml yaml.bad_value");
    }

    @Test
    void aFolderWithoutCaravanYamlIsNoWorkspace() {
        assertThat(TestWorkspace.brief(
                        Workspace.load(root, () -> TestWorkspace.NOW).problems()))
                .containsExactly("caravan.yaml workspace.missing");
    }

    @Test
    void mappingsShareAModelWhoseMistakesCountOnce() throws IOException {
        TestWorkspace workspace = TestWorkspace.copyTo(root)
                .write("models/scores.yaml", "{connection: warehouse, table: lead_scores, key: lead}")
                .write(
                        "mappings/a.yaml",
                        "{model: scores, fields: {A__c: grade}, destination: "
                                + "{connection: crm, object: Lead, key: {Lead_Id__c: lead_id}}}")
                .write(
                        "mappings/b.yaml",
                        "{model: scores, fields: {B__c: grade}, destination: "
                                + "{connection: crm, object: Lead, key: {Lead_Id__c: lead_id}}}");
        LoadResult result = workspace.load();
        assertThat(TestWorkspace.brief(result.problems()))
                .containsExactly("models/scores.yaml:1:50 model.unknown_column");
        assertThat(result.broken()).containsExactlyInAnyOrder("a", "b");
        LoadResult repaired = workspace
                .replace("models/scores.yaml", "key: lead}", "key: lead_id}")
                .load();
        assertThat(repaired.mappings()).hasSize(3);
        Files.delete(root.resolve("models/scores.yaml"));
        assertThat(TestWorkspace.brief(workspace.load().problems()))
                .containsExactly("mappings/a.yaml:1:9 model.unknown", "mappings/b.yaml:1:9 model.unknown");
    }

    @Test
    void aModelFileStaysInItsFolderByDotsAndByLinks() throws IOException {
        String mapping = "{model: {connection: files, path: %s, key: lead_id}, fields: {A__c: grade}, destination: "
                + "{connection: crm, object: Lead, key: {Lead_Id__c: lead_id}}}";
        TestWorkspace workspace = TestWorkspace.copyTo(root)
                .replace("caravan.yaml", "  crm:\n", "  files: {connector: files, path: data}\n  crm:\n")
                .write("data/in.csv", "lead_id,grade\n")
                .write("secret.csv", "lead_id,grade\n");
        Files.createSymbolicLink(root.resolve("data/link.csv"), root.resolve("secret.csv"));
        assertThat(workspace
                        .write("mappings/f.yaml", mapping.formatted("in.csv"))
                        .load()
                        .problems())
                .isEmpty();
        for (String path :
                new String[] {"../secret.csv", "link.csv", "/etc/in.csv", "\"*.csv\"", "a/../../secret.csv"}) {
            assertThat(TestWorkspace.brief(workspace
                            .write("mappings/f.yaml", mapping.formatted(path))
                            .load()
                            .problems()))
                    .as(path)
                    .containsExactly("mappings/f.yaml:1:35 yaml.bad_value");
        }
    }

    @Test
    void aCachedSchemaCountsForTheModelItWasDescribedFor() {
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        Mapping mapping = workspace.load().mappings().getFirst();
        ModelSchema schema = TestWorkspace.SCORES.columns(mapping.model()).orElseThrow();
        SchemaCache cache = SchemaCache.of(workspace.load().config());
        assertThat(cache.lookup().columns(mapping.model())).isEmpty();
        cache.store(mapping.id(), mapping.model(), schema);
        assertThat(cache.lookup().columns(mapping.model())).contains(schema);
        assertThat(root.resolve("state/schemas/growth.lead-scores.json")).exists();
        LoadResult edited =
                workspace.replace(MAPPING, "from lead_scores", "from other").load();
        assertThat(cache.lookup().columns(edited.mappings().getFirst().model())).isEmpty();
        workspace.write("state/schemas/growth.lead-scores.json", "{");
        assertThat(cache.lookup().columns(mapping.model())).isEmpty();
    }

    @Test
    void aModelAtFaultIsAProblemAndAnUnreachableOneANote() {
        TestWorkspace workspace = TestWorkspace.copyTo(root);
        SchemaLookup faulty = model -> {
            throw new InvalidInput(Problem.of(Code.MODEL_SQL, "no such table", "create it"));
        };
        assertThat(TestWorkspace.brief(workspace.load(faulty).problems())).containsExactly(MAPPING + ":4:3 model.sql");
        SchemaLookup unreachable = model -> {
            throw new EnvironmentFailure(Problem.of(Code.MODEL_UNREADABLE, "the file is locked", "wait"));
        };
        assertThat(workspace.load(unreachable).problems()).isEmpty();
        assertThat(workspace.load(unreachable).notes())
                .singleElement()
                .asString()
                .endsWith("the file is locked");
    }

    @Test
    void freshnessNeedsAWatermarkWithAZone() {
        TestWorkspace workspace =
                TestWorkspace.copyTo(root).replace(MAPPING, "watermark: scored_at", "watermark: seen_at");
        assertThat(TestWorkspace.brief(workspace.load().problems()))
                .containsExactly(MAPPING + ":14:3 model.zone_missing");
        workspace.replace(MAPPING, "  watermark: seen_at\n", "");
        assertThat(TestWorkspace.brief(workspace.load().problems())).containsExactly(MAPPING + ":13:3 contract.check");
    }

    @Test
    void theSandboxFileIsRead() {
        SandboxFile sandbox = TestWorkspace.copyTo(root)
                .write("sandbox.yaml", """
                        organisation: 00DSb0000000002
                        latency: 50ms
                        objects:
                          Lead:
                            fields:
                              Lead_Id__c: {type: text, length: 40, external_id: true, unique: true}
                              Grade__c: {type: picklist, values: [A, B], restricted: true}
                        """)
                .load()
                .orThrow()
                .sandbox();
        assertThat(sandbox.organisation()).contains("00DSb0000000002");
        assertThat(sandbox.latency()).contains(Duration.ofMillis(50));
        assertThat(sandbox.objects().getFirst().fields())
                .extracting(
                        SandboxFile.FieldEntry::name, SandboxFile.FieldEntry::type, SandboxFile.FieldEntry::externalId)
                .containsExactly(
                        tuple("Lead_Id__c", SandboxFile.FieldKind.TEXT, true),
                        tuple("Grade__c", SandboxFile.FieldKind.PICKLIST, false));
    }
}
