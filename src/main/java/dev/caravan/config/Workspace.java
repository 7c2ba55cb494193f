package dev.caravan.config;

import dev.caravan.config.check.HashedColumns;
import dev.caravan.config.check.MappingAssembly;
import dev.caravan.config.check.ModelCheck;
import dev.caravan.config.check.Ownership;
import dev.caravan.config.check.SchemaLookup;
import dev.caravan.config.draft.MappingDraft;
import dev.caravan.config.draft.ModelDraft;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.yaml.Excerpts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A workspace folder. Loading is in two steps: files are read into drafts with places, then drafts are held against the
 * models' schemas, as far as these are known, and against each other.
 */
public final class Workspace {

    private final Path root;
    private final Environment environment;
    private final InstantSource clock;
    private final Supplier<Catalogue> connectors;
    private final Function<WorkspaceConfig, SchemaLookup> schemas;

    /**
     * A workspace.
     *
     * @param root its folder
     * @param environment where placeholders get their values
     * @param clock tells whether a schedule's day can still come
     * @param connectors those that connections may be on; asked for at each load
     * @param schemas tells models' columns, given the configuration as far as it could be read
     */
    public Workspace(
            Path root,
            Environment environment,
            InstantSource clock,
            Supplier<Catalogue> connectors,
            Function<WorkspaceConfig, SchemaLookup> schemas) {
        this.root = root.toAbsolutePath().normalize();
        this.environment = environment;
        this.clock = clock;
        this.connectors = connectors;
        this.schemas = schemas;
    }

    /** A workspace with the connectors of the house alone. */
    public Workspace(
            Path root, Environment environment, InstantSource clock, Function<WorkspaceConfig, SchemaLookup> schemas) {
        this(root, environment, clock, () -> Catalogue.BUILT_IN, schemas);
    }

    /**
     * Loads the workspace in this folder with the schemas it has cached, reaching for no connection. It knows the connectors of the house
     * alone.
     */
    public static LoadResult load(Path root, InstantSource clock) {
        return new Workspace(root, Environment.PROCESS, clock, SchemaCache::lookup).load();
    }

    /**
     * What {@code caravan.yaml} says as far as it is sound, no other file read: enough to find state and ports before anything is
     * loaded.
     */
    public static WorkspaceConfig settings(Path root) {
        Path folder = root.toAbsolutePath().normalize();
        return Drafts.config(
                folder, WorkspaceFiles.scan(folder), Environment.PROCESS, Catalogue.BUILT_IN, new Findings());
    }

    /** Loads everything. Problems are in the result, not thrown; only a folder that cannot be read is. */
    public LoadResult load() {
        return load(WorkspaceFiles.scan(root));
    }

    /** Loads these files. */
    public LoadResult load(WorkspaceFiles files) {
        Drafts drafts = Drafts.read(root, files, environment, clock, connectors.get());
        ModelCheck models = new ModelCheck(schemas.apply(drafts.config()));
        MappingAssembly assembly = new MappingAssembly(models);
        Set<String> conflicting = new HashSet<>(Ownership.check(drafts.mappings()));
        conflicting.addAll(HashedColumns.check(
                drafts.mappings(), drafts::model, drafts.config().connections()));
        List<LoadedMapping> loaded = new ArrayList<>();
        Set<String> broken = new HashSet<>(drafts.unreadable());
        for (MappingDraft draft : drafts.mappings()) {
            Optional<ModelDraft> model = drafts.model(draft);
            assembly.assemble(draft, model)
                    .filter(mapping -> !conflicting.contains(draft.name()))
                    .map(mapping ->
                            new LoadedMapping(draft.name(), mapping, draft.was(), draft.slo(), hash(files, draft)))
                    .ifPresentOrElse(loaded::add, () -> broken.add(draft.name()));
        }
        drafts.models().values().forEach(model -> models.columns(model));
        Findings all = drafts.findings();
        return new LoadResult(
                drafts.config(),
                drafts.configSound(),
                drafts.sandbox(),
                loaded,
                broken,
                new Excerpts(Map.copyOf(files.sources())).of(all),
                models.notes(),
                files.fingerprint());
    }

    private static String hash(WorkspaceFiles files, MappingDraft draft) {
        String own = files.source(draft.place().file()).map(YamlSource::hash).orElse("");
        String shared = draft.shared()
                .flatMap(name -> files.source(WorkspaceFiles.MODELS + name.value() + ".yaml"))
                .map(YamlSource::hash)
                .orElse("");
        return own + shared;
    }
}
