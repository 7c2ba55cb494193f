package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.ConnectorKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of hashes feeds one platform alone. */
class HashedColumnsTest {

    private static final String HASHES = "{column: model_version, hashed: true}";

    @TempDir
    private Path root;

    private TestWorkspace workspace;

    @BeforeEach
    void copy() {
        workspace = TestWorkspace.copyTo(root);
        workspace.write("caravan.yaml", workspace.text("caravan.yaml").replace("connections:\n", """
                                connections:
                                  google: {connector: google}
                                  google2: {connector: google}
                                  meta: {connector: meta}
                                  lake: {connector: duckdb, path: lake.duckdb}
                                """));
    }

    @Test
    void twoPlatformsDoNotShareOne() {
        mapping("a", "google", HASHES);
        mapping("b", "meta", HASHES);

        LoadResult result = load();

        assertThat(TestWorkspace.brief(result.problems())).contains("mappings/b.yaml:4:26 normalise.hashed");
        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.oneLine()).contains("go to google too, by 'a'"));
        assertThat(result.loaded()).extracting(LoadedMapping::name).doesNotContain("a", "b");
    }

    @Test
    void twoConnectionsOfOnePlatformDo() {
        mapping("a", "google", HASHES);
        mapping("b", "google2", HASHES);

        assertThat(load().problems()).isEmpty();
    }

    @Test
    void aTableThatKeepsThemIsNoPlatform() {
        mapping("a", "google", HASHES);
        mapping("b", "lake", HASHES);

        assertThat(load().problems()).isEmpty();
    }

    @Test
    void aColumnInTheOpenServesAll() {
        mapping("a", "google", "{column: email, normalise: google.email | sha256.hex}");
        mapping("b", "meta", "{column: email, normalise: meta.email | sha256.hex}");

        assertThat(load().problems()).isEmpty();
    }

    private void mapping(String name, String connection, String source) {
        workspace.write("mappings/" + name + ".yaml", """
                model: {connection: warehouse, sql: "select * from people", key: lead_id}
                destination: {connection: %s, object: members, operation: upsert, key: {id: lead_id}}
                fields:
                  hashed_email: %s
                """.formatted(connection, source));
    }

    private LoadResult load() {
        return new Workspace(
                        root,
                        name -> Optional.of("https://from.environment"),
                        () -> TestWorkspace.NOW,
                        () -> Catalogue.with(List.of(kind("google"), kind("meta"))),
                        config -> TestWorkspace.SCORES)
                .load();
    }

    private static ConnectorKind kind(String name) {
        return new ConnectorKind(name, false, true, List.of());
    }
}
