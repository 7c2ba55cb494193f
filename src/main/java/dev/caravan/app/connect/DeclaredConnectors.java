package dev.caravan.app.connect;

import dev.caravan.config.settings.ConnectorKind;
import dev.caravan.connector.declared.load.ConnectorReader;
import dev.caravan.connector.declared.load.LoadedConnector;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.SettingSpec;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
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
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The connectors that are files: those that come with Caravan, and those in the workspace's folder {@code connectors}, which take the place of
 * one of the same name.
 *
 * @param specs the sound ones, by name
 * @param problems what is wrong with the others
 */
public record DeclaredConnectors(Map<String, ConnectorSpec> specs, List<Problem> problems) {

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
        problems = List.copyOf(problems);
    }

    /** All that a workspace can use. */
    public static DeclaredConnectors of(Path workspace) {
        Map<String, ConnectorSpec> specs = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        SHIPPED.forEach(name -> add(shipped(name), name, specs, problems));
        own(workspace).forEach((name, loaded) -> add(loaded, name, specs, problems));
        return new DeclaredConnectors(specs, problems);
    }

    private static void add(
            LoadedConnector loaded, String name, Map<String, ConnectorSpec> specs, List<Problem> problems) {
        // One that is broken is not replaced in silence by the one that came with Caravan.
        specs.remove(name);
        loaded.spec().ifPresent(spec -> specs.put(name, spec));
        problems.addAll(loaded.problems());
    }

    private static LoadedConnector shipped(String name) {
        String path = "/dev/caravan/connectors/" + name + "/" + FILE;
        try (InputStream in = DeclaredConnectors.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("a connector is missing in this build: " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ConnectorReader.text(YamlSource.of(FOLDER + "/" + name + "/" + FILE, text, ""), name);
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
                    .forEach(each -> own.put(each.getFileName().toString(), ConnectorReader.folder(workspace, each)));
            return own;
        } catch (IOException e) {
            throw new EnvironmentFailure(Problem.of(
                    Code.STATE_IO, "the folder " + folder + " cannot be read", "check that its files are readable"));
        }
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

    private static ConnectorKind kind(ConnectorSpec spec) {
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
