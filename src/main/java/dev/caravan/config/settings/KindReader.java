package dev.caravan.config.settings;

import dev.caravan.yaml.YamlNode.Entry;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Section;
import java.util.Optional;
import java.util.Set;

/** Reads the connections on one connector. What it cannot read it has reported. */
interface KindReader {

    /** What an entry may say, {@code connector} included. */
    BlockShape shape();

    /** Those whose values may be shown; everything else is hidden from excerpts, misspelt secrets too. */
    Set<String> open();

    /** The connection that an entry declares, whose shape was checked. */
    Optional<Connection> read(Entry entry, Section section);
}
