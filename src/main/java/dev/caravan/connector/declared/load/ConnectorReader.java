package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.row.Digest;
import dev.caravan.yaml.Excerpts;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlReader;
import dev.caravan.yaml.YamlSource;
import dev.caravan.yaml.shape.Shape;
import dev.caravan.yaml.shape.ShapeCheck;
import dev.caravan.yaml.shape.View;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads connectors. Never throws for what a file holds or for what is wrong with it, and reads nothing beside the folder it is given; no
 * file makes it use more than a bounded amount of memory and time.
 */
public final class ConnectorReader {

    private static final String FILE = "connector.yaml";
    private static final int MOST_EXCHANGES = 1000;

    private ConnectorReader() {}

    /** Whether a connector can be called so. */
    public static boolean validName(String name) {
        return name.matches(ConnectorShapes.NAME.pattern());
    }

    /**
     * Reads a connector's folder.
     *
     * @param workspace what places are relative to
     */
    public static LoadedConnector folder(Path workspace, Path folder) {
        Path file = folder.resolve(FILE);
        String shown = workspace.relativize(file).toString().replace('\\', '/');
        Findings findings = new Findings();
        Optional<YamlSource> source = source(file, shown, findings);
        if (source.isEmpty()) {
            return new LoadedConnector(Optional.empty(), findings.problems(), "", List.of());
        }
        String name = String.valueOf(folder.getFileName());
        return loaded(source.get(), name, findings, exchanges(workspace, folder, findings));
    }

    /**
     * Reads the text of a connector.yaml.
     *
     * @param name what the connector must be called
     */
    public static LoadedConnector text(YamlSource source, String name) {
        return loaded(source, name, new Findings(), List.of());
    }

    private static LoadedConnector loaded(YamlSource source, String name, Findings findings, List<String> exchanges) {
        Optional<ConnectorSpec> spec = YamlReader.read(source, findings).flatMap(node -> spec(node, name, findings));
        if (spec.isEmpty() && findings.none()) {
            findings.report(
                    Code.CONNECTOR_MISSING, Place.ofFile(source.file()), "an empty file", "describe the connector");
        }
        boolean good = findings.none();
        return new LoadedConnector(
                good ? spec : Optional.empty(),
                new Excerpts(Map.of(source.file(), source)).of(findings),
                source.hash(),
                exchanges);
    }

    private static Optional<ConnectorSpec> spec(YamlNode node, String name, Findings findings) {
        new ShapeCheck(findings).check(node, Shape.block(ConnectorShapes.FILE), "the file");
        Optional<View> view = View.of(node);
        view.flatMap(file -> file.text("connector"))
                .filter(found -> !found.value().equals(name))
                .ifPresent(found -> findings.report(
                        Code.CONNECTOR_NAME,
                        found.place(),
                        "connector '" + found.value() + "' in the folder '" + name + "'",
                        "give both one name"));
        return view.map(file -> new SpecReader(new Compiler(findings), file).read());
    }

    private static Optional<YamlSource> source(Path file, String shown, Findings findings) {
        try {
            if (!Files.isRegularFile(file)) {
                findings.report(Code.CONNECTOR_MISSING, Place.ofFile(shown), "there is no such file", "write it");
                return Optional.empty();
            }
            if (Files.size(file) > YamlReader.MAX_SIZE) {
                findings.report(Code.YAML_TOO_LARGE, Place.ofFile(shown), "larger than 1 MB", "leave some out");
                return Optional.empty();
            }
            String text = Files.readString(file);
            String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return Optional.of(
                    YamlSource.of(shown, plain, new Digest().add(plain).hex()));
        } catch (CharacterCodingException e) {
            findings.report(Code.YAML_SYNTAX, Place.ofFile(shown), "not UTF-8", "save it as UTF-8");
        } catch (IOException e) {
            findings.report(Code.CONNECTOR_MISSING, Place.ofFile(shown), "cannot be read", "check its rights");
        }
        return Optional.empty();
    }

    private static List<String> exchanges(Path workspace, Path folder, Findings findings) {
        Path examples = folder.resolve("exchanges");
        if (!Files.isDirectory(examples)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(examples)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .limit(MOST_EXCHANGES)
                    .map(file -> workspace.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            String shown = workspace.relativize(examples).toString().replace('\\', '/');
            findings.report(Code.CONNECTOR_MISSING, Place.ofFile(shown), "cannot be read", "check its rights");
            return List.of();
        }
    }
}
