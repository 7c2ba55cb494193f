package dev.caravan.config.settings;

import dev.caravan.config.settings.WorkspaceConfig.Engine;
import dev.caravan.config.settings.WorkspaceConfig.Keep;
import dev.caravan.config.settings.WorkspaceConfig.Server;
import dev.caravan.config.settings.WorkspaceConfig.State;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code caravan.yaml}. What is wrong takes its default, so that the rest can still be checked. */
public final class CaravanFileReader {

    private static final Keys TOP =
            Keys.of("connections", "state", "engine", "server").later("defaults", "delivery", "diff", "alerts");
    private static final Keys STATE =
            Keys.of("ledger", "user", "password", "lease", "snapshots", "keep_journal", "keep_values");
    private static final Keys ENGINE = Keys.of("memory", "threads", "temp");
    private static final Keys SERVER = Keys.of("port", "management_port");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

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
        return Section.open(document, "caravan.yaml", TOP, findings)
                .map(top -> new WorkspaceConfig(
                        root,
                        top.required("connections").map(this::connections).orElse(Connections.UNREADABLE),
                        top.node("state").map(this::state).orElse(defaults.state()),
                        top.node("engine").map(this::engine).orElse(defaults.engine()),
                        top.node("server").map(this::server).orElse(defaults.server())))
                .orElse(defaults);
    }

    private Connections connections(YamlNode node) {
        Optional<Section> section = Section.openFree(node, "'connections'", findings);
        if (section.isEmpty()) {
            return Connections.UNREADABLE;
        }
        Map<String, Connection> good = new LinkedHashMap<>();
        Set<String> broken = new LinkedHashSet<>();
        ConnectionReader reader = new ConnectionReader(root, environment, catalogue, findings);
        for (Entry entry : section.get().block().all()) {
            Optional<Connection> connection = entry.repeated() ? reader.skip(entry) : reader.read(entry);
            if (!NAME.matcher(entry.key()).matches()) {
                findings.report(
                        Code.YAML_BAD_VALUE,
                        entry.place(),
                        "'" + entry.key() + "' cannot name a connection",
                        "use lower-case letters, digits, _ and -");
            }
            connection.ifPresentOrElse(found -> good.put(entry.key(), found), () -> broken.add(entry.key()));
        }
        broken.removeAll(good.keySet());
        return new Connections(good, broken, true);
    }

    private State state(YamlNode node) {
        LedgerReader ledger = new LedgerReader(root, environment, findings);
        return Section.open(node, "'state'", STATE, findings)
                .map(section -> new State(
                        ledger.file(section).orElse(defaults.state().ledger()),
                        path(section, "snapshots", defaults.state().snapshots()),
                        new Keep(
                                keep(section, "keep_journal", Keep.DEFAULT.journal()),
                                keep(section, "keep_values", Keep.DEFAULT.values())),
                        ledger.server(section)))
                .orElse(defaults.state());
    }

    /** Under two days a request that was lost could be forgotten while it may still land. */
    private Duration keep(Section section, String key, Duration byDefault) {
        return section.node(key)
                .flatMap(node -> Amounts.duration(node, "'" + key + "'", findings)
                        .filter(asked -> asked.compareTo(SHORTEST) >= 0
                                || Scalars.bad(node, "'" + key + "' is too short", "write 2d or more", findings)
                                        .isPresent()))
                .orElse(byDefault);
    }

    private Engine engine(YamlNode node) {
        return Section.open(node, "'engine'", ENGINE, findings)
                .map(section -> new Engine(
                        section.node("memory")
                                .flatMap(n -> Amounts.size(n, "'memory'", findings))
                                .orElse(defaults.engine().memoryBytes()),
                        whole(section, "threads", 1, 256, defaults.engine().threads()),
                        path(section, "temp", defaults.engine().temp())))
                .orElse(defaults.engine());
    }

    private Server server(YamlNode node) {
        return Section.open(node, "'server'", SERVER, findings)
                .map(section -> new Server(
                        whole(section, "port", 0, 65_535, defaults.server().port()),
                        whole(
                                section,
                                "management_port",
                                0,
                                65_535,
                                defaults.server().managementPort())))
                .orElse(defaults.server());
    }

    private int whole(Section section, String key, int min, int max, int byDefault) {
        return section.node(key)
                .flatMap(node -> Scalars.whole(node, "'" + key + "'", min, max, findings))
                .map(Math::toIntExact)
                .orElse(byDefault);
    }

    private Path path(Section section, String key, Path byDefault) {
        return section.text(key)
                .map(text -> root.resolve(text.value()).normalize())
                .orElse(byDefault);
    }
}
