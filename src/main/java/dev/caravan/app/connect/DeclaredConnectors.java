package dev.caravan.app.connect;

import dev.caravan.config.settings.Catalogue;
import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.row.Digest;
import dev.caravan.yaml.YamlSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The connectors that are files: those that come with Caravan, and those in the workspace's folder {@code connectors}, which take the place of
 * one of the same name.
 *
 * @param specs the sound ones, by name
 * @param versions a hash of the text of each of these
 * @param broken the names of the others
 * @param problems what is wrong with those
 */
public record DeclaredConnectors(
        Map<String, ConnectorSpec> specs, Map<String, String> versions, Set<String> broken, List<Problem> problems) {

    /** A workspace's own. */
    public static final String FOLDER = "connectors";

    static final String FILE = "connector.yaml";

    /** Those that come with Caravan; a test holds the list against the folder they are made in. */
    static final List<String> SHIPPED = List.of(
            "braze",
            "google_ads",
            "google_data_manager",
            "hubspot",
            "intercom",
            "marketo",
            "meta",
            "webhook",
            "zendesk");

    public DeclaredConnectors {
        specs = Map.copyOf(specs);
        versions = Map.copyOf(versions);
        broken = Set.copyOf(broken);
        problems = List.copyOf(problems);
    }

    /** All that a workspace can use. */
    public static DeclaredConnectors of(Path workspace) {
        // One that is broken is not replaced in silence by the one that came with Caravan.
        Map<String, LoadedConnector> all = new TreeMap<>(Shipped.ALL);
        all.putAll(own(workspace));
        Map<String, ConnectorSpec> specs = new TreeMap<>();
        Map<String, String> versions = new TreeMap<>();
        Set<String> broken = new TreeSet<>();
        List<Problem> problems = new ArrayList<>();
        all.forEach((name, loaded) -> {
            problems.addAll(loaded.problems());
            loaded.spec()
                    .ifPresentOrElse(
                            spec -> {
                                specs.put(name, spec);
                                versions.put(name, loaded.version());
                            },
                            () -> broken.add(name));
        });
        return new DeclaredConnectors(specs, versions, broken, problems);
    }

    /** Those that come with Caravan do not change while it runs, so they are read once. */
    private static final class Shipped {
        static final Map<String, LoadedConnector> ALL =
                SHIPPED.stream().collect(Collectors.toUnmodifiableMap(name -> name, DeclaredConnectors::shipped));
    }

    private static LoadedConnector shipped(String name) {
        String path = "/dev/caravan/connectors/" + name + "/" + FILE;
        try (InputStream in = DeclaredConnectors.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("a connector is missing in this build: " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String version = new Digest().add(text).hex();
            return ConnectorReader.text(YamlSource.of(FOLDER + "/" + name + "/" + FILE, text, version), name);
        } catch (IOException e) {
            throw new IllegalStateException("a connector of this build cannot be read: " + name, e);
        }
    }

    private static Map<String, LoadedConnector> own(Path workspace) {
        Map<String, LoadedConnector> own = new LinkedHashMap<>();
        Path folder = workspace.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return own;
        }
        try (Stream<Path> folders = Files.list(folder)) {
            folders.filter(each -> Files.isRegularFile(each.resolve(FILE)))
                    .sorted()
                    .forEach(each -> own.put(String.valueOf(each.getFileName()), own(workspace, each)));
            return own;
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO, "the folder " + folder + " cannot be read", "check that its files are readable"));
        }
    }

    private static LoadedConnector own(Path workspace, Path folder) {
        String name = String.valueOf(folder.getFileName());
        if (Catalogue.BUILT_IN.find(name).isEmpty()) {
            return ConnectorReader.folder(workspace, folder);
        }
        Problem taken = Problem.at(
                Code.CONNECTOR_NAME,
                Place.ofFile(FOLDER + "/" + name + "/" + FILE),
                "'" + name + "' is a connector of Caravan's own, which no file replaces",
                "give folder and connector another name");
        return new LoadedConnector(Optional.empty(), List.of(taken), "", List.of());
    }

    /** All of them by name. */
    public List<ConnectorSpec> sorted() {
        return specs.values().stream()
                .sorted(Comparator.comparing(ConnectorSpec::name))
                .toList();
    }

    /** The connector of this name. */
    public Optional<ConnectorSpec> find(String name) {
        return Optional.ofNullable(specs.get(name));
    }

    /** What {@code caravan.yaml} has to know of them. */
    public Collection<ConnectorKind> kinds() {
        return specs.values().stream().map(DeclaredConnectors::kind).toList();
    }

    static ConnectorKind kind(ConnectorSpec spec) {
        return new ConnectorKind(
                spec.name(),
                false,
                true,
                spec.settings().stream().map(DeclaredConnectors::key).toList());
    }

    private static ConnectorKind.Key key(SettingSpec setting) {
        return new ConnectorKind.Key(
                setting.name(),
                form(setting.kind()),
                setting.secret(),
                setting.required(),
                setting.when().settings(),
                setting.byDefault(),
                setting.oneOf(),
                setting.about());
    }

    private static ConnectorKind.Form form(SettingSpec.Kind kind) {
        return switch (kind) {
            case TEXT, DURATION -> ConnectorKind.Form.TEXT;
            case ADDRESS -> ConnectorKind.Form.ADDRESS;
            case NUMBER -> ConnectorKind.Form.NUMBER;
            case FLAG -> ConnectorKind.Form.FLAG;
        };
    }
}
