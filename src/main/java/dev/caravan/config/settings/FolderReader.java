package dev.caravan.config.settings;

import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode.Entry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Reads connections to folders of files. */
record FolderReader(Path root) implements KindReader {

    @Override
    public Keys keys() {
        return Keys.of("connector", "path", "for_people");
    }

    @Override
    public Set<String> open() {
        return Set.of("connector", "path", "for_people");
    }

    @Override
    public Optional<Connection> read(Entry entry, Section section) {
        boolean forPeople = section.flag("for_people", true);
        return section.requiredText("path")
                .map(text -> new Connection.Folder(
                        entry.key(), root.resolve(text.value()).normalize(), forPeople, entry.place()));
    }
}
