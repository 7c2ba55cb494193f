package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.problem.CaravanException.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesTest {

    @TempDir
    Path root;

    private Path here;
    private Path home;
    private Path other;

    @BeforeEach
    void folders() throws IOException {
        here = folder("here");
        home = folder("home");
        other = folder("other");
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectory(root.resolve(name));
        Files.writeString(folder.resolve("caravan.yaml"), "");
        return folder;
    }

    @Test
    void theOneAskedForThenTheCurrentThenTheInstalled() throws IOException {
        assertThat(Workspaces.find(other, here, home.toString())).isEqualTo(other);
        assertThat(Workspaces.find(null, here, home.toString())).isEqualTo(here);
        Files.delete(here.resolve("caravan.yaml"));
        assertThat(Workspaces.find(null, here, home.toString())).isEqualTo(home);
        assertThatThrownBy(() -> Workspaces.find(null, here, null))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(here.toString());
    }

    @Test
    void onlyOneThatNobodyNamedIsAnnounced() throws IOException {
        assertThat(Workspaces.notice(other, here, home.toString())).isEmpty();
        assertThat(Workspaces.notice(null, here, home.toString())).isEmpty();
        Files.delete(here.resolve("caravan.yaml"));
        assertThat(Workspaces.notice(other, here, home.toString())).isEmpty();
        assertThat(Workspaces.notice(null, here, home.toString()))
                .contains("workspace " + home + ", the one beside the launcher; -w DIR names another");
        assertThat(Workspaces.notice(null, here, null)).isEmpty();
    }

    @Test
    void theOneAskedForIsNotReplacedByAnother() throws IOException {
        Files.delete(other.resolve("caravan.yaml"));
        assertThatThrownBy(() -> Workspaces.find(other, here, home.toString()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(other.toString());
    }
}
