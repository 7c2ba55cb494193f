package dev.caravan.yaml;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The keys a block may have.
 *
 * @param known those that are read
 * @param later those that are designed but not built: refused as unsupported, not as misspelt
 */
public record Keys(Set<String> known, Set<String> later) {

    /** These keys and no others. */
    public static Keys of(String... known) {
        return new Keys(ordered(known), Set.of());
    }

    /** The same keys, and these to be refused as not supported yet. */
    public Keys later(String... keys) {
        return new Keys(known, ordered(keys));
    }

    private static Set<String> ordered(String... keys) {
        return new LinkedHashSet<>(Arrays.asList(keys));
    }
}
