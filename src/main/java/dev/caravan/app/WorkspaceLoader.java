package dev.caravan.app;

import dev.caravan.app.connect.Catalogues;
import dev.caravan.config.LoadResult;
import dev.caravan.config.SchemaCache;
import dev.caravan.config.Workspace;
import dev.caravan.config.WorkspaceFiles;
import dev.caravan.config.check.SchemaLookup;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.engine.duckdb.DuckDbEngine;
import dev.caravan.mapping.Mapping;
import dev.caravan.model.Model;
import dev.caravan.model.ModelSchema;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.source.Engine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Loads a workspace and holds its mappings against their models: as the engine describes them, else as last described. */
public final class WorkspaceLoader {

    private final Path root;
    private final Environment environment;
    private final InstantSource clock;

    /** A loader of one folder, with the clock that tells whether a schedule's day can still come. */
    public WorkspaceLoader(Path root, Environment environment, InstantSource clock) {
        this.root = root;
        this.environment = environment;
        this.clock = clock;
    }

    /** A hash over all files as they are now. */
    String fingerprint() {
        return WorkspaceFiles.scan(root).fingerprint();
    }

    /** Loads with the schemas that are cached, opening no connection. */
    public LoadResult cached() {
        return workspace(SchemaCache::lookup).load();
    }

    /**
     * Loads for {@code validate}, with an engine of its own that lives only for this: what it says of a model is a problem at the
     * model's place.
     *
     * @param fresh whether every model is described anew; else only those without a cached schema
     */
    public LoadResult checked(boolean fresh) {
        LoadResult first = cached();
        if (!fresh && first.notes().isEmpty()) {
            return first;
        }
        StateFolders.close(first.config());
        try (Engine engine = DuckDbEngine.start(EngineSettings.of(first.config()))) {
            return workspace(config -> strict(engine, SchemaCache.lookup(config), fresh))
                    .load();
        }
    }

    private Workspace workspace(Function<WorkspaceConfig, SchemaLookup> schemas) {
        return new Workspace(root, environment, clock, () -> Catalogues.of(root), schemas);
    }

    private static SchemaLookup strict(Engine engine, SchemaLookup cached, boolean fresh) {
        return model -> fresh
                ? Optional.of(engine.describe(model))
                : cached.columns(model).or(() -> Optional.of(engine.describe(model)));
    }

    /** Loads with what this engine says of the models now. Mappings in use keep the schema that was seen last. */
    LoadResult described(Engine engine) {
        LoadResult result = workspace(config -> lookup(engine, config)).load();
        SchemaCache cache = SchemaCache.of(result.config());
        result.mappings().forEach(mapping -> keep(engine, cache, mapping));
        return result;
    }

    private static void keep(Engine engine, SchemaCache cache, Mapping mapping) {
        describe(engine, mapping.model()).ifPresent(schema -> cache.store(mapping.id(), mapping.model(), schema));
    }

    private static SchemaLookup lookup(Engine engine, WorkspaceConfig config) {
        SchemaLookup cached = SchemaCache.lookup(config);
        return model -> describe(engine, model).or(() -> cached.columns(model));
    }

    /** An unreachable warehouse never unloads a good mapping: what the cache says then counts. */
    private static Optional<ModelSchema> describe(Engine engine, Model model) {
        try {
            return Optional.of(engine.describe(model));
        } catch (EnvironmentFailure e) {
            return Optional.empty();
        }
    }
}
