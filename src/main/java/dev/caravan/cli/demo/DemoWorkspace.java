package dev.caravan.cli.demo;

import dev.caravan.app.connect.Catalogues;
import dev.caravan.config.LoadResult;
import dev.caravan.config.SchemaCache;
import dev.caravan.config.Workspace;
import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Connection.DuckDb;
import dev.caravan.config.settings.Connection.Salesforce;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The workspace the story is told on, once it is certain that it can only reach what the demo made: its own warehouse file and
 * the sandbox. A workspace that was pointed at a real organisation is refused before anything is opened.
 */
record DemoWorkspace(WorkspaceConfig config, Path warehouse, Path exports) {

    static final MappingId MAPPING = new MappingId("growth/lead-scores");

    /** What the same warehouse feeds beside it: a file. */
    static final MappingId BESIDE = new MappingId("growth/call-list");

    static final String CALL_LIST = "call-list.csv";

    /**
     * Looks at the connections as these values fill them.
     *
     * @throws InvalidInput ({@code demo.workspace}) if one leads elsewhere; whatever else is wrong with caravan.yaml
     */
    static DemoWorkspace of(Path root, Environment values, URI sandbox) {
        LoadResult loaded = new Workspace(
                        root, values, InstantSource.system(), () -> Catalogues.of(root), SchemaCache::lookup)
                .load();
        WorkspaceConfig config =
                loaded.configSound() ? loaded.config() : loaded.orThrow().config();
        Path warehouse = config.root().resolve("state/demo/warehouse.duckdb");
        Path exports = warehouse.resolveSibling("exports");
        for (Connection connection : config.connections().all()) {
            switch (connection) {
                case DuckDb file -> require(file.path().equals(warehouse), connection, "another warehouse file");
                case Salesforce org ->
                    require(
                            org.loginUrl().resolve().equals(sandbox.toString()),
                            connection,
                            "another log-in than the sandbox's");
                case Connection.Folder folder ->
                    require(folder.path().equals(exports), connection, "another folder than the demo's");
                case Connection.Declared declared -> requireOurs(declared, sandbox);
            }
        }
        return new DemoWorkspace(config, warehouse, exports);
    }

    private static void requireOurs(Connection.Declared declared, URI sandbox) {
        for (ConnectorKind.Key key : declared.connector().keys()) {
            boolean ours = key.form() != ConnectorKind.Form.ADDRESS
                    || declared.value(key.name())
                            .filter(address -> address.startsWith(sandbox.toString()))
                            .isPresent();
            require(ours, declared, "another " + key.name() + " than the sandbox's");
        }
    }

    private static void require(boolean ours, Connection connection, String found) {
        if (!ours) {
            throw new InvalidInput(Problem.at(
                    Code.DEMO_WORKSPACE,
                    connection.place(),
                    "connection " + connection.name() + " names " + found + ", and the demo writes",
                    "run the demo in a fresh clone; caravan run is for this workspace"));
        }
    }
}
