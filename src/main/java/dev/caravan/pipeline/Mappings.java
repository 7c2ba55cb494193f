package dev.caravan.pipeline;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import java.util.Optional;

/** The mappings in use, each in its last good version. */
@FunctionalInterface
public interface Mappings {

    /** The mapping of this id, if there is one. */
    Optional<Mapping> find(MappingId id);
}
