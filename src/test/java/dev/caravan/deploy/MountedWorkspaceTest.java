package dev.caravan.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.config.LoadResult;
import dev.caravan.config.Workspace;
import dev.caravan.config.check.SchemaLookup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedWorkspaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"k8s/base/workspace", "k8s/overlays/example/workspace"})
    void theWorkspacesOfTheManifestsAreSound(String folder, @TempDir Path pod) throws IOException {
        mount(Path.of("k8s/base/workspace"), pod);
        mount(Path.of(folder), pod);
        assertThat(load(pod).problems()).isEmpty();
    }

    /** Kubernetes mounts a map as links into a folder whose name starts with two dots, and swaps that folder at an update. */
    @Test
    void aMappingIsReadOnceThroughTheLinksOfAMountedMap(@TempDir Path pod) throws IOException {
        mount(Path.of("k8s/base/workspace"), pod);
        LoadResult loaded = load(pod);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.mappings())
                .extracting(mapping -> mapping.id().value())
                .containsExactly("growth/lead-scores");
    }

    private static LoadResult load(Path pod) {
        return new Workspace(pod, name -> Optional.of("http://x"), InstantSource.system(), config -> SchemaLookup.NONE)
                .load();
    }

    private static void mount(Path workspace, Path pod) throws IOException {
        if (Files.exists(workspace.resolve("caravan.yaml"))) {
            Files.copy(
                    workspace.resolve("caravan.yaml"),
                    pod.resolve("caravan.yaml"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<Path> files = Files.walk(workspace.resolve("mappings"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path folder = Files.createDirectories(
                        pod.resolve(workspace.relativize(file).getParent().toString()));
                Path version = Files.createDirectories(folder.resolve("..2026_11_22_13_00_00.123456789"));
                Files.copy(file, version.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                link(folder.resolve("..data"), version.getFileName());
                link(folder.resolve(file.getFileName()), Path.of("..data").resolve(file.getFileName()));
            }
        }
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
