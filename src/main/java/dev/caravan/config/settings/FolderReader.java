package dev.caravan.config.settings;

import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Section;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads connections to folders of files. */
record FolderReader(Path root) implements KindReader {

    @Override
    public BlockShape shape() {
        return SettingShapes.of(Catalogue.FILES);
    }

    @Override
    public Set<String> open() {
        return Set.of("connector", "path", "for_people");
    }

    @Override
    public Optional<Connection> read(Entry entry, Section section) {
        boolean forPeople = section.flag("for_people", true);
        return section.text("path")
                .map(text -> new Connection.Folder(
                        entry.key(), root.resolve(text.value()).normalize(), forPeople, entry.place()));
    }
}
