package dev.caravan.config.draft;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.Connections;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.Scalars;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a model, wherever it is written. */
public final class ModelReader {

    private static final Keys KEYS = Keys.of(
                    "connection", "sql", "table", "path", "format", "key", "columns", "watermark")
            .later("dbt", "topic", "incremental", "snapshot");
    private static final List<String> READINGS = List.of("sql", "table", "path");

    private final ConnectionNames connections;
    private final ReadingReader readings;
    private final Findings findings;

    public ModelReader(Connections connections, Findings findings) {
        this.connections = new ConnectionNames(connections, findings);
        this.readings = new ReadingReader(findings);
        this.findings = findings;
    }

    /** The model that a node holds; empty if it is no block. */
    public Optional<ModelDraft> read(YamlNode node) {
        return Section.open(node, "a model", KEYS, findings).map(section -> model(section));
    }

    private ModelDraft model(Section section) {
        Optional<Located<String>> connection =
                section.requiredText("connection").filter(connections::source);
        Optional<Reading> reading = reading(section, connection.flatMap(connections::of));
        List<Located<String>> key = section.required("key")
                .flatMap(node -> Scalars.texts(node, "'key'", findings))
                .filter(this::distinct)
                .orElse(List.of());
        ColumnsReader columns = new ColumnsReader(findings);
        section.node("columns").ifPresent(columns::read);
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
                        place));
        return new ModelDraft(model, key, columns.names(), columns.undecided(), watermark, findings);
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
        if (found.isEmpty()) {
            findings.report(
                    Code.YAML_MISSING_KEY,
                    section.place(),
                    "a model needs 'sql', 'table' or 'path'",
                    "add one of them");
            return Optional.empty();
        }
        if (found.size() > 1) {
            findings.report(
                    Code.YAML_BAD_VALUE,
                    section.placeOf(found.get(1)),
                    "'" + found.getFirst() + "' and '" + found.get(1) + "' together",
                    "keep one of them");
            return Optional.empty();
        }
        String kind = found.getFirst();
        boolean fits = connection.map(known -> fits(section, kind, known)).orElse(true);
        Optional<Reading> reading = section.requiredText(kind).flatMap(text -> switch (kind) {
            case "sql" -> Optional.of(new Reading.Sql(text.value()));
            case "table" -> readings.table(text);
            default -> readings.file(text, section.node("format"), connection);
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
