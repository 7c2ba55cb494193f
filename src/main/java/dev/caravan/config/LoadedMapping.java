package dev.caravan.config;

import dev.caravan.config.draft.Slo;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import java.util.Optional;

/**
 * A mapping that can be used.
 *
 * @param name its path under {@code mappings/} without {@code .yaml}: what people call it
 * @param was the id it had before a rename
 * @param hash of its file and the shared model's: changes whenever either does
 */
public record LoadedMapping(String name, Mapping mapping, Optional<MappingId> was, Slo slo, String hash) {

    /** Its identity. */
    public MappingId id() {
        return mapping.id();
    }
}
