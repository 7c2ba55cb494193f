package dev.caravan.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker sees to before it runs anything. */
class OpenedWorkerTest {

    @TempDir
    private Path folder;

    @Test
    void missingSecretsAreAProblemAtOnce() {
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            try (Worker worker = Worker.open(folder, WorkerOptions.command().with(name -> Optional.empty()))) {
                assertThat(worker.problems())
                        .extracting(Problem::message)
                        .containsExactly(
                                "the environment variable URL is not set",
                                "the environment variable ID is not set",
                                "the environment variable SECRET is not set");
            }
            assertThat(bed.worker().problems()).isEmpty();
        }
    }

    @Test
    void whatIsKeptIsForItsOwnerAlone() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path targets = folder.resolve("state/targets");
        Files.createDirectories(targets);
        Files.setPosixFilePermissions(targets, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(targets.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (TestBed bed = SmallLeads.bed(folder, SmallLeads.MAPPING)) {
            SmallLeads.model(bed, "a,Ann,1,A,note,x");
            bed.sync();
        }
        try (Stream<Path> all = Files.walk(folder.resolve("state"))) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(folder.relativize(path).toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }
}
