package dev.caravan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.config.settings.Connection.Salesforce;
import dev.caravan.config.settings.Setting;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String CARAVAN = "caravan.yaml";
    private static final String PLACEHOLDER = "client_secret: \"{{env:CLIENT_SECRET}}\"";

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_secret: hunter2",
                "client_secrt: hunter2",
                "client_secret: \"{{env:X}}\"\n    client_secret: hunter2",
                "client_secret: [hunter2]",
                "client_secret: \"{{env:X}} hunter2\"",
                "client_secret: \"hunter2",
                "client_secret: |\n      hunter2\n    nonsense: 1",
                "nonsense: {a: hunter2}",
                "password: hunter2",
            })
    void noMistakeShowsASecret(String line) {
        LoadResult result =
                TestWorkspace.copyTo(root).replace(CARAVAN, PLACEHOLDER, line).load();
        assertThat(result.problems()).isNotEmpty();
        assertThat(new ProblemPrinter(false).text(result.problems()) + ProblemPrinter.json(result.problems()) + result)
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo-host",
                "127.0.0.1:18080",
                "acme.my.salesforce.com",
                "https://acme.my.salesforce.com/login",
                "https://user@acme.my.salesforce.com",
                "https://acme.my.salesforce.com:99999",
                "https://acme my.salesforce.com",
            })
    void anAddressThatIsNoneIsToldByItsVariable(String value) {
        TestWorkspace.copyTo(root);
        AtomicReference<String> variable = new AtomicReference<>("");
        Workspace workspace = new Workspace(
                root,
                name -> Optional.of(name.endsWith("URL") ? variable.get() : "x"),
                () -> TestWorkspace.NOW,
                config -> TestWorkspace.SCORES);
        Salesforce crm =
                (Salesforce) workspace.load().config().connections().find("crm").orElseThrow();

        variable.set(value);
        assertThat(workspace.load().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.oneLine())
                    .startsWith("caravan.yaml:")
                    .contains("the environment variable LOGIN_URL is not the address of an organisation")
                    .doesNotContain(value);
            assertThat(problem.code()).isEqualTo(Code.YAML_BAD_VALUE);
        });
        assertThatThrownBy(crm::address).isInstanceOf(InvalidInput.class).hasMessageContaining("yaml.bad_value");

        variable.set("https://acme.my.salesforce.com");
        assertThat(crm.address()).isEqualTo("https://acme.my.salesforce.com");
    }

    @Test
    void aFileIsReadAgainEachTime() throws IOException {
        Path file = root.resolve("secrets/crm");
        TestWorkspace workspace = TestWorkspace.copyTo(root)
                .replace(CARAVAN, PLACEHOLDER, "client_secret: \"{{file:secrets/crm}}\"")
                .write("secrets/crm", "first\n");
        Setting secret = ((Salesforce)
                        workspace.load().config().connections().find("crm").orElseThrow())
                .proof()
                .settings()
                .getFirst();
        assertThat(secret.resolve()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(secret.resolve()).isEqualTo("second");
        Files.delete(file);
        assertThatThrownBy(secret::resolve)
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("secret.missing")
                .hasMessageContaining("caravan.yaml:7:20");
    }

    @Test
    void aLogInMayBeSignedByAKey() {
        Salesforce crm = (Salesforce) TestWorkspace.copyTo(root)
                .replace(
                        CARAVAN,
                        PLACEHOLDER,
                        "username: me@a.test\n    private_key: \"{{file:key.pem}}\"\n    audience: https://a.test")
                .write("key.pem", "pem\n")
                .load()
                .config()
                .connections()
                .find("crm")
                .orElseThrow();
        assertThat(crm.proof()).isInstanceOfSatisfying(Salesforce.Proof.SignedAssertion.class, signed -> {
            assertThat(signed.username().resolve()).isEqualTo("me@a.test");
            assertThat(signed.privateKey().resolve()).isEqualTo("pem");
            assertThat(signed.audience()).hasValue("https://a.test");
        });
        assertThat(crm.toString()).contains("{{file:key.pem}}").doesNotContain("pem\n");
    }

    @Test
    void aMissingVariableIsNoProblemOfTheFile() {
        TestWorkspace.copyTo(root);
        LoadResult result = new Workspace(
                        root, name -> Optional.empty(), () -> TestWorkspace.NOW, config -> TestWorkspace.SCORES)
                .load();
        assertThat(result.problems()).isEmpty();
        Salesforce crm = (Salesforce) result.config().connections().find("crm").orElseThrow();
        assertThat(crm.proof().settings().getFirst().lookup()).isEmpty();
        assertThatThrownBy(() -> crm.proof().settings().getFirst().resolve())
                .hasMessageContaining("CLIENT_SECRET is not set");
    }
}
