package dev.caravan.config.settings;

import dev.caravan.yaml.Keys;
import dev.caravan.yaml.Section;
import dev.caravan.yaml.YamlNode.Entry;
import java.util.Optional;
import java.util.Set;

/** Reads the connections on one connector. What it cannot read it has reported. */
interface KindReader {

    /** The keys that an entry may have, {@code connector} included. */
    Keys keys();

    /** Those whose values may be shown; everything else is hidden from excerpts, misspelt secrets too. */
    Set<String> open();

    /** The connection that an entry declares. */
    Optional<Connection> read(Entry entry, Section section);
}
