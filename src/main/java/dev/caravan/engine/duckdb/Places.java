package dev.caravan.engine.duckdb;

import dev.caravan.engine.duckdb.read.SourceConnection;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The files and folders of the settings, absolute and without symbolic links, as DuckDB compares them. */
record Places(
        Path temp, Path snapshots, Map<String, SourceConnection> connections, List<Path> folders, List<Path> files) {

    private static final Set<String> TAKEN = Set.of("memory", "system", "temp");

    static Places of(DuckDbSettings settings) {
        try {
            Path temp = Files.isDirectory(settings.temp()) ? settings.temp().toRealPath() : closed(settings.temp());
            Path snapshots = closed(settings.snapshotsDir());
            List<Path> folders = new ArrayList<>(List.of(temp, snapshots));
            List<Path> files = new ArrayList<>();
            Map<String, SourceConnection> connections = new LinkedHashMap<>();
            for (Map.Entry<String, SourceConnection> entry :
                    settings.connections().entrySet()) {
                requireFree(entry.getKey());
                SourceConnection connection = switch (entry.getValue()) {
                    case SourceConnection.DuckDbFile c -> new SourceConnection.DuckDbFile(real(c.file()));
                    case SourceConnection.FilesFolder c -> new SourceConnection.FilesFolder(real(c.folder()));
                };
                switch (connection) {
                    case SourceConnection.DuckDbFile c -> files.addAll(List.of(c.file(), Path.of(c.file() + ".wal")));
                    case SourceConnection.FilesFolder c -> folders.add(c.folder());
                }
                connections.put(entry.getKey(), connection);
            }
            return new Places(temp, snapshots, connections, folders, files);
        } catch (IOException failure) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO,
                    "the folder for snapshots or temporary files cannot be made",
                    "see state: in caravan.yaml and who may write there"));
        }
    }

    private static void requireFree(String name) {
        if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidInput(Problem.of(
                    Code.CONNECTION_WRONG_KIND,
                    "a connection cannot be named " + name + ": DuckDB has a database of that name",
                    "give the connection another name"));
        }
    }

    /** Made if absent and closed to everyone else, since snapshots hold what was sent. */
    private static Path closed(Path folder) throws IOException {
        Path made = Files.createDirectories(folder).toRealPath();
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
        }
        return made;
    }

    /** A file that is not there yet has no real path; the nearest folder that is there has one. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (Files.exists(absolute) || parent == null) {
            return absolute.toRealPath();
        }
        return real(parent).resolve(absolute.getFileName());
    }
}
