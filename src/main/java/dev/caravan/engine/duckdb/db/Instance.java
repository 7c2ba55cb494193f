package dev.caravan.engine.duckdb.db;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * The process's one DuckDB instance, in memory. It never loads an extension, knows only the files and folders it was given,
 * runs in UTC, and refuses every later change of its settings.
 */
public final class Instance implements AutoCloseable {

    private final DuckDBConnection root;
    private final ReadWriteLock databases;
    private final String version;

    private Instance(DuckDBConnection root, ReadWriteLock databases, String version) {
        this.root = root;
        this.databases = databases;
        this.version = version;
    }

    /**
     * Opens and locks an instance.
     *
     * @param folders whose files it may open, and files it may open beside them; all absolute and without symbolic links
     */
    public static Instance open(String memory, int threads, Path temp, List<Path> folders, List<Path> files) {
        try {
            DuckDBConnection root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
            ReadWriteLock databases = new ReentrantReadWriteLock();
            Db db = new Db(root, databases);
            for (String setting : settings(memory, threads, temp, folders, files)) {
                db.run("SET " + setting);
            }
            return new Instance(
                    root,
                    databases,
                    db.first("SELECT version()", row -> row.getString(1)).orElse(""));
        } catch (SQLException failure) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO,
                    "DuckDB did not start: " + failure.getMessage(),
                    "see its memory, threads and temp folder in caravan.yaml"));
        }
    }

    private static List<String> settings(String memory, int threads, Path temp, List<Path> folders, List<Path> files) {
        String home = Sql.text(temp.toString());
        // Rows are told by key, never by position, and a table that is filled in any order is filled by all threads at
        // once.
        return List.of(
                "TimeZone = 'UTC'",
                "preserve_insertion_order = false",
                "memory_limit = " + Sql.text(memory),
                "threads = " + threads,
                "temp_directory = " + home,
                "home_directory = " + home,
                "extension_directory = " + home,
                "secret_directory = " + home,
                "autoinstall_known_extensions = false",
                "autoload_known_extensions = false",
                "allow_community_extensions = false",
                "allow_persistent_secrets = false",
                "allowed_directories = " + list(folders),
                "allowed_paths = " + list(files),
                "enable_external_access = false",
                "lock_configuration = true");
    }

    private static String list(List<Path> paths) {
        return paths.stream().map(path -> Sql.text(path.toString())).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Another connection to the same instance, with temporary tables of its own. */
    public Db connect() throws SQLException {
        return new Db(root.duplicate(), databases);
    }

    /** DuckDB's version, whose hashes a snapshot is stamped with. */
    public String version() {
        return version;
    }

    @Override
    public void close() {
        new Db(root, databases).close();
    }
}
