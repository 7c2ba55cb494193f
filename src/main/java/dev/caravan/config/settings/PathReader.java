package dev.caravan.config.settings;

import dev.caravan.problem.Place;
import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Section;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads connections that are no more than a path: a database file. */
record PathReader(Path root, Maker maker) implements KindReader {

    /** Makes the connection. */
    interface Maker {
        Connection make(String name, Path path, Place place);
    }

    @Override
    public BlockShape shape() {
        return SettingShapes.of(Catalogue.DUCKDB);
    }

    @Override
    public Set<String> open() {
        return Set.of("connector", "path");
    }

    @Override
    public Optional<Connection> read(Entry entry, Section section) {
        return section.text("path")
                .map(text -> maker.make(entry.key(), root.resolve(text.value()).normalize(), entry.place()));
    }
}
