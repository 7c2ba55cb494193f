package dev.caravan.config.settings;

import dev.caravan.problem.Code;
import dev.caravan.problem.Spelling;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.Section;
import dev.caravan.yaml.shape.Shape;
import dev.caravan.yaml.shape.ShapeCheck;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code connections:} with the reader of its connector. */
final class ConnectionReader {

    private final Path root;
    private final SettingReader settings;
    private final Catalogue catalogue;
    private final Findings findings;

    ConnectionReader(Path root, Environment environment, Catalogue catalogue, Findings findings) {
        this.root = root;
        this.settings = new SettingReader(root, environment);
        this.catalogue = catalogue;
        this.findings = findings;
    }

    Optional<Connection> read(Entry entry) {
        Optional<KindReader> known =
                connector(entry.value()).flatMap(catalogue::find).map(this::reader);
        hideSecrets(entry.value(), known.map(KindReader::open).orElse(Set.of("connector")));
        ShapeCheck check = new ShapeCheck(findings);
        check.check(entry.value(), Shape.block(SettingShapes.ANY), "a connection");
        Optional<Section> section = Section.of(entry.value(), findings);
        Optional<KindReader> reader = section.flatMap(found -> found.text("connector"))
                .flatMap(this::kind)
                .map(this::reader);
        reader.ifPresent(found -> check.check(entry.value(), Shape.block(found.shape()), "a connection"));
        return reader.flatMap(found -> section.flatMap(sound -> found.read(entry, sound)));
    }

    /** Passes over a repeated entry, whose secrets must not show either. */
    Optional<Connection> skip(Entry entry) {
        hideSecrets(entry.value(), Set.of("connector"));
        return Optional.empty();
    }

    private KindReader reader(ConnectorKind kind) {
        UseReader use = new UseReader(findings);
        return switch (kind.name()) {
            case "duckdb" -> new PathReader(root, Connection.DuckDb::new);
            case "files" -> new FolderReader(root);
            case "salesforce" -> new SalesforceReader(settings, use, findings);
            default -> new DeclaredReader(root, kind, settings, use, findings);
        };
    }

    private Optional<ConnectorKind> kind(Located<String> name) {
        Optional<ConnectorKind> kind = catalogue.find(name.value());
        if (kind.isPresent()) {
            return kind;
        }
        if (catalogue.later(name.value())) {
            findings.report(
                    Code.YAML_UNSUPPORTED,
                    name.place(),
                    "'" + name.value() + "' is not supported yet",
                    "choose one of " + String.join(", ", catalogue.names()));
        } else if (catalogue.broken(name.value())) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    name.place(),
                    "the connector '" + name.value() + "' cannot be used as its file is now",
                    "correct connectors/" + name.value()
                            + "/connector.yaml; caravan validate lists what is wrong there");
        } else {
            String all = "choose one of " + String.join(", ", catalogue.names())
                    + ", or begin one with caravan connectors new";
            findings.report(
                    Code.YAML_BAD_VALUE,
                    name.place(),
                    "there is no connector '" + name.value() + "'",
                    Spelling.suggest(name.value(), catalogue.names(), all));
        }
        return Optional.empty();
    }

    /** The connector's name before anything is judged: what is secret depends on it. */
    private static Optional<String> connector(YamlNode node) {
        return node instanceof YamlNode.Block block
                ? block.all().stream()
                        .filter(entry -> entry.key().equals("connector"))
                        .map(Entry::value)
                        .filter(YamlNode.Scalar.class::isInstance)
                        .map(value -> ((YamlNode.Scalar) value).text())
                        .findFirst()
                : Optional.empty();
    }

    private void hideSecrets(YamlNode node, Set<String> open) {
        if (!(node instanceof YamlNode.Block block)) {
            findings.hide(node.span());
            return;
        }
        for (Entry entry : block.all()) {
            if (!open.contains(entry.key()) && !SettingReader.placeholder(entry.value())) {
                findings.hide(entry.value().span());
            }
        }
    }
}
