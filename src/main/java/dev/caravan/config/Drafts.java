package dev.caravan.config;

import dev.caravan.config.draft.MappingDraft;
import dev.caravan.config.draft.MappingReader;
import dev.caravan.config.draft.ModelDraft;
import dev.caravan.config.draft.ModelReader;
import dev.caravan.config.settings.CaravanFileReader;
import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.Connections;
import dev.caravan.config.settings.Environment;
import dev.caravan.config.settings.SandboxFile;
import dev.caravan.config.settings.SandboxFileReader;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Span;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All files of a workspace as drafts. */
final class Drafts {

    private final WorkspaceConfig config;
    private final InstantSource clock;
    private final Findings own = new Findings();
    private final Findings caravan;
    private SandboxFile sandbox = SandboxFile.NONE;
    private final Map<String, ModelDraft> models = new LinkedHashMap<>();
    private final Set<String> unreadableModels = new LinkedHashSet<>();
    private final List<MappingDraft> mappings = new ArrayList<>();
    private final Set<String> unreadable = new LinkedHashSet<>();

    private Drafts(WorkspaceConfig config, Findings caravan, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.caravan = caravan;
    }

    static Drafts read(
            Path root, WorkspaceFiles files, Environment environment, InstantSource clock, Catalogue catalogue) {
        Findings caravan = new Findings();
        Drafts drafts = new Drafts(config(root, files, environment, catalogue, caravan), caravan, clock);
        files.unreadable().forEach(drafts.own::report);
        catalogue.problems().forEach(drafts.own::report);
        files.source(WorkspaceFiles.SANDBOX).ifPresent(drafts::sandbox);
        files.below(WorkspaceFiles.MODELS).forEach(drafts::model);
        files.below(WorkspaceFiles.MAPPINGS).forEach(drafts::mapping);
        drafts.mappings.forEach(drafts::shared);
        return drafts;
    }

    static WorkspaceConfig config(
            Path root, WorkspaceFiles files, Environment environment, Catalogue catalogue, Findings findings) {
        Optional<YamlSource> source = files.source(WorkspaceFiles.CARAVAN);
        if (source.isEmpty()) {
            findings.report(
                    Code.WORKSPACE_MISSING,
                    Place.ofFile(WorkspaceFiles.CARAVAN),
                    "no readable caravan.yaml in this folder",
                    "name the workspace with -w DIR, or start one with 'caravan init'");
            return WorkspaceConfig.defaults(root);
        }
        Optional<YamlNode> document = YamlReader.read(source.get(), findings);
        if (document.isEmpty()) {
            empty(source.get(), findings);
            Place start = new Place(WorkspaceFiles.CARAVAN, 1, 1);
            // Which parts are secrets is not known, so no line is shown.
            findings.hide(new Span(start, new Place(WorkspaceFiles.CARAVAN, Integer.MAX_VALUE, 1)));
        }
        return document.map(new CaravanFileReader(root, environment, catalogue, findings)::read)
                .orElse(WorkspaceConfig.defaults(root));
    }

    private static void empty(YamlSource source, Findings findings) {
        if (findings.none()) {
            findings.report(
                    Code.YAML_WRONG_TYPE, new Place(source.file(), 1, 1), "an empty file", "write it, or delete it");
        }
    }

    private void sandbox(YamlSource source) {
        Findings findings = new Findings();
        Optional<YamlNode> document = YamlReader.read(source, findings);
        if (document.isEmpty()) {
            empty(source, findings);
        }
        document.ifPresent(node -> sandbox = new SandboxFileReader(findings).read(node));
        own.addAll(findings);
    }

    private void model(YamlSource source) {
        Findings findings = new Findings();
        Optional<YamlNode> document = YamlReader.read(source, findings);
        if (document.isEmpty()) {
            empty(source, findings);
        }
        String name = WorkspaceFiles.name(source.file(), WorkspaceFiles.MODELS);
        document.flatMap(new ModelReader(connections(), findings)::readFile)
                .ifPresentOrElse(draft -> models.put(name, draft), () -> {
                    unreadableModels.add(name);
                    own.addAll(findings);
                });
    }

    private void mapping(YamlSource source) {
        MappingReader reader = new MappingReader(connections(), clock);
        Optional<YamlNode> document = YamlReader.read(source, reader.findings());
        if (document.isEmpty()) {
            empty(source, reader.findings());
        }
        String name = WorkspaceFiles.name(source.file(), WorkspaceFiles.MAPPINGS);
        document.flatMap(node -> reader.read(name, source.file(), node)).ifPresentOrElse(mappings::add, () -> {
            unreadable.add(name);
            own.addAll(reader.findings());
        });
    }

    private void shared(MappingDraft draft) {
        draft.shared()
                .filter(name -> !models.containsKey(name.value()) && !unreadableModels.contains(name.value()))
                .ifPresent(name -> draft.findings()
                        .report(
                                Code.MODEL_UNKNOWN,
                                name.place(),
                                "no file models/" + name.value() + ".yaml",
                                Spelling.suggest(name.value(), models.keySet(), "write the model here or there")));
    }

    private Connections connections() {
        return config.connections();
    }

    WorkspaceConfig config() {
        return config;
    }

    /** What {@code sandbox.yaml} says, as far as it is sound. */
    SandboxFile sandbox() {
        return sandbox;
    }

    /** Whether nothing is wrong with {@code caravan.yaml}. */
    boolean configSound() {
        return caravan.none();
    }

    /** The readable mapping files, in file order. */
    List<MappingDraft> mappings() {
        return mappings;
    }

    /** The names of mapping files that hold no mapping at all. */
    Set<String> unreadable() {
        return unreadable;
    }

    /** The shared models by name. */
    Map<String, ModelDraft> models() {
        return models;
    }

    /** The model a mapping reads, wherever it is written. */
    Optional<ModelDraft> model(MappingDraft draft) {
        return draft.inline().or(() -> draft.shared().map(name -> models.get(name.value())));
    }

    /** Everything found in all files. Ask after all checks. */
    Findings findings() {
        Findings all = new Findings();
        all.addAll(own);
        all.addAll(caravan);
        models.values().forEach(model -> all.addAll(model.findings()));
        mappings.forEach(mapping -> all.addAll(mapping.findings()));
        return all;
    }
}
