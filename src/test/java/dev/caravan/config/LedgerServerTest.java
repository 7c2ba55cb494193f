package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.settings.LedgerServer;
import dev.caravan.config.settings.WorkspaceConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger on a server, as {@code caravan.yaml} names it. */
class LedgerServerTest {

    @TempDir
    private Path root;

    private WorkspaceConfig.State state(String ledger) {
        LoadResult result = TestWorkspace.copyTo(root)
                .replace("caravan.yaml", "\"sqlite:state/ledger.db\"", ledger)
                .load();
        assertThat(result.problems()).isEmpty();
        return result.config().state();
    }

    @Test
    void aServerIsNamedByItsAddressAndItsSecretsStandElsewhere() {
        WorkspaceConfig.State state = state("\"postgresql://db.example.org/ops?schema=sync&sslmode=verify-full\","
                + " user: \"{{env:LEDGER_USER}}\", password: \"{{file:secrets/ledger}}\", lease: 90s");
        LedgerServer server = state.server().orElseThrow();
        assertThat(server.address()).isEqualTo("db.example.org:5432/ops");
        assertThat(server.url()).isEqualTo("jdbc:postgresql://db.example.org:5432/ops?sslmode=verify-full");
        assertThat(server.schema()).isEqualTo("sync");
        assertThat(server.lease()).isEqualTo(Duration.ofSeconds(90));
        assertThat(server.toString()).contains("{{file:secrets/ledger}}");
        assertThat(state.folder()).as("what this worker keeps for itself").isEqualTo(root.resolve("state"));
    }

    @Test
    void aFileNeedsNoLogIn() {
        assertThat(state("\"sqlite:state/other.db\"").server()).isEmpty();
    }
}
