package dev.caravan.app;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.engine.duckdb.DuckDbSettings;
import dev.caravan.engine.duckdb.read.SourceConnection;
import java.util.HashMap;
import java.util.Map;

/** The engine's settings from the workspace's. */
final class EngineSettings {

    private EngineSettings() {}

    static DuckDbSettings of(WorkspaceConfig config) {
        Map<String, SourceConnection> sources = new HashMap<>();
        for (Connection connection : config.connections().all()) {
            switch (connection) {
                case Connection.DuckDb file -> sources.put(file.name(), new SourceConnection.DuckDbFile(file.path()));
                case Connection.Folder folder ->
                    sources.put(folder.name(), new SourceConnection.FilesFolder(folder.path()));
                case Connection.Salesforce org -> {}
                case Connection.Declared declared -> {}
            }
        }
        return new DuckDbSettings(
                config.engine().memoryBytes() / 1_000_000 + "MB",
                config.engine().threads(),
                config.engine().temp(),
                config.state().own(),
                sources);
    }
}
