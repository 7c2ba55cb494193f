package dev.caravan.transport.camel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that may be used only once outlives the process, and nobody else reads it. */
class FileTokenStoreTest {

    @TempDir
    Path folder;

    private FileTokenStore store() {
        return new FileTokenStore(folder.resolve("tokens"));
    }

    @Test
    void whatWasWrittenIsReadByTheNextProcess() throws IOException {
        store().write("crm_eu-1", "f1", "t1");
        store().write("crm_eu-1", "f1", "t2 \"é\"");
        assertThat(store().read("crm_eu-1", "f1")).hasValue("t2 \"é\"");
        assertThat(store().read("crm", "f1")).isEmpty();
        Path file = folder.resolve("tokens/crm_eu-1.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aNewlyConfiguredTokenCounts() {
        store().write("crm", "f1", "t1");
        assertThat(store().read("crm", "f2")).isEmpty();
        store().write("crm", "f2", "t2");
        assertThat(store().read("crm", "f1")).isEmpty();
    }

    @Test
    void whatACrashLeftBehindIsNoHindrance() throws IOException {
        Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(folder.resolve("tokens/crm.token.new"), "{\"configured\":\"f1\",\"tok");
        store().write("crm", "f1", "t1");
        assertThat(store().read("crm", "f1")).hasValue("t1");
    }

    @Test
    void aFileThatCannotBeReadIsToldWithoutWhatIsInIt() throws IOException {
        store().write("crm", "f1", "t1");
        Files.writeString(folder.resolve("tokens/crm.token"), "{\"configured\":\"f1\",\"token\":\"canary");
        assertThatThrownBy(() -> store().read("crm", "f1"))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("connection crm")
                .hasMessageNotContaining("canary")
                .hasNoCause();
        Files.writeString(folder.resolve("file"), "");
        FileTokenStore nowhere = new FileTokenStore(folder.resolve("file"));
        assertThatThrownBy(() -> nowhere.write("crm", "f1", "canary"))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "", ".hidden"})
    void aNameLeadsToNoOtherFolder(String name) {
        assertThatThrownBy(() -> store().write(name, "f", "t")).isInstanceOf(IllegalArgumentException.class);
    }
}
