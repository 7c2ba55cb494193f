package dev.caravan.config;

import static dev.caravan.config.TestWorkspace.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingReloadTest {

    private static final String NAME = "growth/lead-scores";
    private static final String OTHER = """
            model: {connection: warehouse, sql: select 1, key: lead_id}
            destination: {connection: crm, object: Lead, key: {Lead_Id__c: lead_id}}
            fields: {FIELD: grade}
            """;

    @TempDir
    private Path root;

    private TestWorkspace workspace;
    private MappingReload first;

    @BeforeEach
    void load() {
        workspace = TestWorkspace.copyTo(root);
        first = MappingReload.first(workspace.load());
        assertThat(first.added()).containsExactly(NAME);
        assertThat(first.healthy()).isTrue();
    }

    @Test
    void nothingChangedChangesNothing() {
        MappingReload next = first.next(workspace.load());
        assertThat(next.added()).isEmpty();
        assertThat(next.changed()).isEmpty();
        assertThat(next.removed()).isEmpty();
    }

    @Test
    void anEditIsTakenUp() {
        MappingReload next =
                first.next(workspace.replace(MAPPING, "round: 2", "round: 3").load());
        assertThat(next.changed()).containsExactly(NAME);
        assertThat(next.active().get(NAME).mapping().fields().version())
                .isNotEqualTo(first.active().get(NAME).mapping().fields().version());
    }

    @Test
    void aBrokenEditKeepsTheLastGoodVersion() {
        MappingReload broken =
                first.next(workspace.replace(MAPPING, "round: 2", "round: two").load());
        assertThat(broken.broken()).containsExactly(NAME);
        assertThat(broken.healthy()).isFalse();
        assertThat(broken.changed()).isEmpty();
        assertThat(broken.active().get(NAME)).isEqualTo(first.active().get(NAME));
        MappingReload repaired =
                broken.next(workspace.replace(MAPPING, "round: two", "round: 4").load());
        assertThat(repaired.changed()).containsExactly(NAME);
        assertThat(repaired.healthy()).isTrue();
    }

    @Test
    void aFileThatIsGoneTakesItsMappingWithIt() throws IOException {
        Files.delete(root.resolve(MAPPING));
        MappingReload next = first.next(workspace.load());
        assertThat(next.removed()).containsExactly(NAME);
        assertThat(next.active()).isEmpty();
    }

    @Test
    void aNewcomerDoesNotPushOutTheOwnerOfItsField() {
        MappingReload next = first.next(workspace
                .write("mappings/a.yaml", OTHER.replace("FIELD", "Rating"))
                .load());
        assertThat(next.broken()).containsExactly("a", NAME);
        assertThat(next.active()).containsOnlyKeys(NAME);
    }

    @Test
    void aNewcomerWaitsWhileTheOwnerOfItsFieldIsBroken() {
        workspace.write(MAPPING, "model: [").write("mappings/a.yaml", OTHER.replace("FIELD", "Rating"));
        MappingReload next = first.next(workspace.load());
        assertThat(next.active()).containsOnlyKeys(NAME);
        assertThat(TestWorkspace.brief(next.problems())).contains("mappings/a.yaml:3:10 mapping.field_owned_twice");
    }

    @Test
    void aBrokenConfigurationKeepsTheLastGoodOne() {
        MappingReload next = first.next(workspace
                .replace("caravan.yaml", "requests_per_second: 20", "x: 1")
                .load());
        assertThat(next.config()).isEqualTo(first.config());
        assertThat(next.active()).containsOnlyKeys(NAME);
    }

    @Test
    void idsBelongToOneMapping() {
        workspace.write("mappings/z.yaml", "id: " + NAME + "\n" + OTHER.replace("FIELD", "Company__c"));
        LoadResult result = workspace.load();
        assertThat(TestWorkspace.brief(result.problems())).containsExactly("mappings/z.yaml:1:5 mapping.duplicate_id");
        assertThat(result.broken()).containsExactlyInAnyOrder(NAME, "z");
    }
}
