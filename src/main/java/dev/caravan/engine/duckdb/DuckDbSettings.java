package dev.caravan.engine.duckdb;

import dev.caravan.engine.duckdb.read.SourceConnection;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the process's one DuckDB instance is set up. Read once: a connection that is added later needs a restart, because
 * the instance is locked to the files that these settings name.
 *
 * @param memory DuckDB's own limit beside the JVM's heap, as DuckDB writes it: {@code 1GB}
 * @param threads at least 1
 * @param temp where sorts and joins spill when memory runs short; made if absent
 * @param snapshotsDir one file a mapping; made if absent, readable by its owner alone
 * @param connections by the name that mappings use
 */
public record DuckDbSettings(
        String memory, int threads, Path temp, Path snapshotsDir, Map<String, SourceConnection> connections) {

    public DuckDbSettings {
        connections = Map.copyOf(connections);
    }
}
