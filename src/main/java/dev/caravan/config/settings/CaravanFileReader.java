package dev.caravan.config.settings;

import dev.caravan.config.settings.WorkspaceConfig.Engine;
import dev.caravan.config.settings.WorkspaceConfig.Keep;
import dev.caravan.config.settings.WorkspaceConfig.Server;
import dev.caravan.config.settings.WorkspaceConfig.State;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code caravan.yaml}. What is wrong takes its default, so that the rest can still be checked. */
public final class CaravanFileReader {

    private static final Duration SHORTEST = Duration.ofDays(2);

    private final Path root;
    private final Environment environment;
    private final Findings findings;
    private final WorkspaceConfig defaults;
    private final Catalogue catalogue;

    /** A reader for the workspace in this absolute folder, whose connections are on these connectors. */
    public CaravanFileReader(Path root, Environment environment, Catalogue catalogue, Findings findings) {
        this.root = root;
        this.environment = environment;
        this.findings = findings;
        this.catalogue = catalogue;
        this.defaults = WorkspaceConfig.defaults(root);
    }

    /** The configuration that the document holds. */
    public WorkspaceConfig read(YamlNode document) {
        return Section.document(document, CaravanShapes.file(), findings)
                .map(top -> new WorkspaceConfig(
                        root,
                        top.section("connections").map(this::connections).orElse(Connections.UNREADABLE),
                        top.section("state").map(this::state).orElse(defaults.state()),
                        top.section("engine").map(this::engine).orElse(defaults.engine()),
                        top.section("server").map(this::server).orElse(defaults.server())))
                .orElse(defaults);
    }

    private Connections connections(Section section) {
        Map<String, Connection> good = new LinkedHashMap<>();
        Set<String> broken = new LinkedHashSet<>();
        ConnectionReader reader = new ConnectionReader(root, environment, catalogue, findings);
        for (Entry entry : section.block().all()) {
            Optional<Connection> connection = entry.repeated() ? reader.skip(entry) : reader.read(entry);
            connection.ifPresentOrElse(found -> good.put(entry.key(), found), () -> broken.add(entry.key()));
        }
        broken.removeAll(good.keySet());
        return new Connections(good, broken, true);
    }

    private State state(Section section) {
        LedgerReader ledger = new LedgerReader(root, environment, findings);
        return new State(
                ledger.file(section).orElse(defaults.state().ledger()),
                path(section, "snapshots", defaults.state().snapshots()),
                new Keep(
                        keep(section, "keep_journal", Keep.DEFAULT.journal()),
                        keep(section, "keep_values", Keep.DEFAULT.values())),
                ledger.server(section));
    }

    /** Under two days a request that was lost could be forgotten while it may still land. */
    private Duration keep(Section section, String key, Duration byDefault) {
        Duration asked = section.duration(key).orElse(byDefault);
        if (asked.compareTo(SHORTEST) < 0) {
            Place place = section.node(key).map(YamlNode::place).orElse(section.place());
            findings.report(Code.YAML_BAD_VALUE, place, "'" + key + "' is too short", "write 2d or more");
            return byDefault;
        }
        return asked;
    }

    private Engine engine(Section section) {
        return new Engine(
                section.size("memory").orElse(defaults.engine().memoryBytes()),
                section.whole("threads")
                        .map(Math::toIntExact)
                        .orElse(defaults.engine().threads()),
                path(section, "temp", defaults.engine().temp()));
    }

    private Server server(Section section) {
        return new Server(
                section.whole("port")
                        .map(Math::toIntExact)
                        .orElse(defaults.server().port()),
                section.whole("management_port")
                        .map(Math::toIntExact)
                        .orElse(defaults.server().managementPort()));
    }

    private Path path(Section section, String key, Path byDefault) {
        return section.text(key)
                .map(text -> root.resolve(text.value()).normalize())
                .orElse(byDefault);
    }
}
