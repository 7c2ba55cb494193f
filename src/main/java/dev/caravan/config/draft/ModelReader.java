package dev.caravan.config.draft;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Connections;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a model, wherever it is written. */
public final class ModelReader {

    private static final List<String> READINGS = List.of("sql", "table", "path");

    private final ConnectionNames connections;
    private final ReadingReader readings;
    private final Findings findings;

    public ModelReader(Connections connections, Findings findings) {
        this.connections = new ConnectionNames(connections, findings);
        this.readings = new ReadingReader(findings);
        this.findings = findings;
    }

    /** The model that a file holds; empty if it is no block. */
    public Optional<ModelDraft> readFile(YamlNode document) {
        return Section.document(document, ModelShapes.MODEL, findings).map(this::read);
    }

    /** The model that a block holds, whose shape was checked. */
    ModelDraft read(Section section) {
        Optional<Located<String>> connection = section.text("connection").filter(connections::source);
        Optional<Reading> reading = reading(section, connection.flatMap(connections::of));
        List<Located<String>> key =
                Optional.of(section.texts("key")).filter(this::distinct).orElse(List.of());
        ColumnsReader columns = new ColumnsReader(findings);
        columns.read(section.entries("columns"));
        Optional<Located<String>> watermark = section.text("watermark");
        Place place = section.place();
        boolean known = connection.flatMap(connections::of).isPresent();
        Optional<Model> model = reading.filter(found -> known)
                .map(found -> new Model(
                        connection.get().value(),
                        found,
                        key.stream().map(Located::value).toList(),
                        columns.declared(),
                        watermark.map(Located::value),
                        place,
                        readingPlace(section)));
        return new ModelDraft(model, key, columns.names(), columns.undecided(), watermark, findings);
    }

    private static Place readingPlace(Section section) {
        return READINGS.stream()
                .flatMap(kind -> section.node(kind).stream())
                .findFirst()
                .map(node -> node instanceof YamlNode.Scalar text ? text.placeAt(0) : node.place())
                .orElseGet(section::place);
    }

    private boolean distinct(List<Located<String>> key) {
        Set<String> seen = new HashSet<>();
        for (Located<String> column : key) {
            if (!seen.add(column.value())) {
                findings.report(
                        Code.YAML_BAD_VALUE,
                        column.place(),
                        "'" + column.value() + "' twice in the key",
                        "name it once");
                return false;
            }
        }
        return true;
    }

    private Optional<Reading> reading(Section section, Optional<Connection> connection) {
        List<String> found = READINGS.stream().filter(section::has).toList();
        if (found.size() != 1) {
            return Optional.empty();
        }
        String kind = found.getFirst();
        boolean fits = connection.map(known -> fits(section, kind, known)).orElse(true);
        Optional<Reading> reading = section.text(kind).flatMap(text -> switch (kind) {
            case "sql" -> Optional.of(new Reading.Sql(text.value()));
            case "table" -> Optional.of(new Reading.Table(text.value()));
            default -> readings.file(text, section, connection);
        });
        return reading.filter(read -> fits);
    }

    private boolean fits(Section section, String kind, Connection connection) {
        boolean folder = connection instanceof Connection.Folder;
        if (!connection.connector().source() || folder == kind.equals("path")) {
            return true;
        }
        findings.report(
                Code.CONNECTION_WRONG_KIND,
                section.placeOf(kind),
                "'" + kind + "' does not fit: '" + connection.name() + "' is on "
                        + connection.connector().name(),
                folder ? "write path: file.csv" : "write sql or table, or name a connection on files");
        return false;
    }
}
