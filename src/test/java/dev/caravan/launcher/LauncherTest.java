package dev.caravan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with programs in Java's and Maven's place that only say how they were called. */
class LauncherTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path home;
    private Path programs;

    /** What a launcher said and how it ended. */
    private record Result(int exit, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        home = Files.createDirectories(folder.resolve("some where/caravan-1.0"));
        programs = Files.createDirectories(folder.resolve("programs"));
        Files.copy(Path.of("caravan"), home.resolve("caravan"));
        executable(home.resolve("caravan"));
    }

    @Test
    void runsTheJarFromAnyFolderAndThroughLinks() throws Exception {
        built();
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("caravan"));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        Result result = run(elsewhere, link, jdk("a", "21.0.2"), "plan", "two words");

        assertThat(result.exit).isZero();
        assertThat(result.out)
                .contains("java a in " + elsewhere)
                .contains("[-Dcaravan.home=" + home + "]")
                .contains("[-jar][" + home.resolve("target/caravan.jar") + "][plan][two words]");
        assertThat(result.err).isEmpty();
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() throws Exception {
        built();
        Path newer = jdk("newer", "25");
        Files.createSymbolicLink(programs.resolve("java"), newer.resolve("bin/java"));

        assertThat(run(home, home.resolve("caravan"), jdk("old", "17.0.9"), "status").out)
                .startsWith("java newer ");
        assertThat(run(home, home.resolve("caravan"), jdk("ancient", "1.8.0_392"), "status").out)
                .startsWith("java newer ");
    }

    @Test
    void aStaleJarIsBuiltFirstAndOnce() throws Exception {
        built();
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.setLastModifiedTime(home.resolve("target/caravan.jar"), FileTime.from(LONG_AGO));
        onPath("mvn", "echo built; echo \"$@\" >> '" + folder + "/maven'");
        Path java = jdk("a", "21");

        Result first = run(home, home.resolve("caravan"), java, "status");
        Result second = run(home, home.resolve("caravan"), java, "status");

        assertThat(first.exit).isZero();
        assertThat(first.out).startsWith("java a ");
        assertThat(first.err).contains("building");
        assertThat(second.err).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("maven")))
                .singleElement()
                .asString()
                .contains("-Pquick", "package");
        assertThat(home.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aFailedBuildShowsItsOutputAndExitsWithThree() throws Exception {
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        onPath("mvn", "echo 'no such class'; exit 1");

        Result result = run(home, home.resolve("caravan"), jdk("a", "21"), "status");

        assertThat(result.exit).isEqualTo(3);
        assertThat(result.out).isEmpty();
        assertThat(result.err).contains("no such class").contains("the build failed");
        assertThat(home.resolve("target/build.lock")).doesNotExist();
    }

    @Test
    void aBuildThatTakesLongShowsASignOfLifeAndLeavesNothingBehind() throws Exception {
        built();
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.setLastModifiedTime(home.resolve("target/caravan.jar"), FileTime.from(LONG_AGO));
        onPath("sleep", "echo $PPID > '" + folder + "/sign'; exec /bin/sleep 0.1");
        onPath("mvn", "/bin/sleep 1");

        Result result = run(home, home.resolve("caravan"), jdk("a", "21"), "status");

        assertThat(result.exit).isZero();
        assertThat(result.out).startsWith("java a ");
        assertThat(result.err).contains("still building, for ", "build.log");
        long sign = Long.parseLong(Files.readString(folder.resolve("sign")).strip());
        assertThat(ProcessHandle.of(sign).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void withNothingToBuildFromItSaysSo() throws Exception {
        Result result = run(home, home.resolve("caravan"), jdk("a", "21"), "status");

        assertThat(result.exit).isEqualTo(3);
        assertThat(result.err).contains("caravan.jar is missing");
    }

    @Test
    void moreArgumentsForJavaComeAfterOurs() throws Exception {
        built();

        Result result = run(
                home, home.resolve("caravan"), Map.of("CARAVAN_JAVA_OPTS", "-Xmx1g -Dx=y"), jdk("a", "21"), "status");

        assertThat(result.out).containsSubsequence("[-Xmx", "[-Xmx1g]", "[-Dx=y]", "[-jar]");
    }

    private void built() throws IOException {
        Files.createDirectories(home.resolve("target/lib"));
        Files.createFile(home.resolve("target/caravan.jar"));
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/java"), "printf '%s' \"java " + name + " in $(pwd -P) \"; printf '[%s]' \"$@\"; echo");
        script(jdk.resolve("bin/javac"), "exit 1");
        return jdk;
    }

    private void onPath(String program, String body) throws IOException {
        script(programs.resolve(program), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Path from, Path launcher, Path javaHome, String... arguments) throws Exception {
        return run(from, launcher, Map.of(), javaHome, arguments);
    }

    private Result run(Path from, Path launcher, Map<String, String> environment, Path javaHome, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(from.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("PATH", programs + ":" + builder.environment().get("PATH"));
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new Result(exit, Files.readString(out), Files.readString(err));
    }
}
