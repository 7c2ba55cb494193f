package dev.caravan.scenario.kill;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The command line of a process that is to be killed. Such a process never deletes the native library that DuckDB's driver unpacks for
 * each, 60 MB large: it is unpacked once for all of them, and they get the driver without it. Nor do they log, which makes them start
 * sooner.
 */
public final class Child {

    private static final String DRIVER = "duckdb_jdbc";
    private static final String LIBRARY = "libduckdb_java.so";
    private static final List<String> COMMAND = command();

    private Child() {}

    /** A process of this class, its standard output to be read. */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(COMMAND);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Duser.timezone=UTC"));
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try {
            Path folder = Files.createTempDirectory("caravan-child");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            command.add("-Djava.library.path=" + folder);
            command.add("-Djava.io.tmpdir=" + folder);
            path = Arrays.stream(path.split(File.pathSeparator))
                    .filter(entry -> !entry.contains("logback"))
                    .map(entry -> entry.contains(DRIVER) ? unpacked(Path.of(entry), folder) : entry)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command.addAll(List.of("-cp", path));
        return command;
    }

    /** The driver without libraries, and this machine's one beside it; where there is none of a known name, all stays as it is. */
    private static String unpacked(Path driver, Path folder) {
        boolean known = System.getProperty("os.name").equals("Linux");
        String here = LIBRARY + "_linux_" + (System.getProperty("os.arch").contains("64") ? arch() : "");
        Path slim = folder.resolve(driver.getFileName());
        try (ZipFile jar = new ZipFile(driver.toFile());
                OutputStream file = Files.newOutputStream(slim);
                ZipOutputStream copy = new ZipOutputStream(file)) {
            if (!known || jar.getEntry(here) == null) {
                return driver.toString();
            }
            Enumeration<? extends ZipEntry> entries = jar.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                try (InputStream content = jar.getInputStream(entry)) {
                    if (entry.getName().equals(here)) {
                        Files.copy(content, folder.resolve(LIBRARY));
                    } else if (!entry.getName().startsWith(LIBRARY)) {
                        copy.putNextEntry(new ZipEntry(entry.getName()));
                        content.transferTo(copy);
                    }
                }
            }
            return slim.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String arch() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
