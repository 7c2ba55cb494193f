package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.Connection.Declared;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.config.settings.ConnectorKind.Form;
import dev.caravan.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection on a connector that says itself what its connections have. */
class DeclaredConnectionTest {

    private static final String CANARY = "canary-4711";
    private static final ConnectorKind PARCELS = new ConnectorKind(
            "parcels",
            false,
            true,
            List.of(
                    ConnectorKind.Key.secret("token", "the token"),
                    ConnectorKind.Key.required("address", Form.ADDRESS, "where it is"),
                    ConnectorKind.Key.optional("folder", Form.PATH, "where to put them"),
                    ConnectorKind.Key.optional("most", Form.NUMBER, "how many"),
                    new ConnectorKind.Key(
                            "tier", Form.TEXT, false, false, Optional.of("free"), List.of("free", "paid"), ""),
                    new ConnectorKind.Key(
                            "contract",
                            Form.TEXT,
                            false,
                            true,
                            Map.of("tier", List.of("paid")),
                            Optional.empty(),
                            List.of(),
                            "its number")));

    @TempDir
    private Path root;

    private TestWorkspace workspace;

    @BeforeEach
    void copy() {
        workspace = TestWorkspace.copyTo(root);
    }

    private LoadResult load(String entry) {
        workspace.write(
                "caravan.yaml",
                workspace.text("caravan.yaml").replace("connections:\n", "connections:\n  parcels: " + entry + "\n"));
        return new Workspace(
                        root,
                        name -> Optional.of("https://from.environment"),
                        () -> TestWorkspace.NOW,
                        () -> Catalogue.with(List.of(PARCELS)),
                        config -> TestWorkspace.SCORES)
                .load();
    }

    private static Declared parcels(LoadResult result) {
        assertThat(result.problems()).isEmpty();
        return (Declared) result.config().connections().find("parcels").orElseThrow();
    }

    @Test
    void itsKeysAreThoseOfTheConnector() {
        Declared parcels = parcels(load("{connector: parcels, token: \"{{env:TOKEN}}\", address: \"https://p.example\","
                + " folder: out, zombie_window: 3m, limits: {concurrency: 2}}"));
        assertThat(parcels.connector()).isEqualTo(PARCELS);
        assertThat(parcels.value("token")).contains("https://from.environment");
        assertThat(parcels.value("folder")).contains(root.resolve("out").toString());
        assertThat(parcels.value("tier")).contains("free");
        assertThat(parcels.value("most")).isEmpty();
        assertThat(parcels.zombieWindow()).contains(Duration.ofMinutes(3));
        assertThat(parcels.limits().orElseThrow().concurrency()).isEqualTo(2);
        assertThat(parcels.toString()).doesNotContain("from.environment");
    }

    @Test
    void everyMistakeIsToldAndNoSecret() {
        List<Problem> problems = load("{connector: parcels, token: " + CANARY + ", adress: x, most: many, tier: gold}")
                .problems();
        assertThat(problems.stream().map(Problem::oneLine))
                .hasSize(5)
                .anyMatch(line -> line.contains("secret.literal"))
                .anyMatch(line -> line.contains("'adress'") && line.contains("address"))
                .anyMatch(line -> line.contains("'most' is a whole number"))
                .anyMatch(line -> line.contains("'tier' cannot be 'gold'") && line.contains("free, paid"))
                .anyMatch(line -> line.contains("'address'") && line.contains("yaml.missing_key"));
        assertThat(problems.toString()).doesNotContain(CANARY);
    }

    @Test
    void aKeyIsNeededWithTheValuesOfAnotherAlone() {
        String rest = "{connector: parcels, token: \"{{env:TOKEN}}\", address: \"https://p.example\"";
        assertThat(parcels(load(rest + "}")).value("contract")).isEmpty();
        copy();
        assertThat(parcels(load(rest + ", tier: paid, contract: c-1}")).value("contract"))
                .contains("c-1");
        copy();
        assertThat(load(rest + ", tier: paid}").problems().stream().map(Problem::oneLine))
                .singleElement()
                .asString()
                .contains("a connection with tier: paid needs 'contract'", "its number", "yaml.missing_key");
    }

    @Test
    void anAddressIsOne() {
        assertThat(load("{connector: parcels, token: \"{{env:TOKEN}}\", address: \"p.example/v1\"}")
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.oneLine()).contains("yaml.bad_value"));
    }

    @Test
    void aConnectorThatNobodyDeclaredIsUnknown() {
        assertThat(load("{connector: parcel, token: " + CANARY + "}").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.oneLine())
                        .contains("there is no connector 'parcel'")
                        .contains("parcels")
                        .doesNotContain(CANARY));
    }
}
