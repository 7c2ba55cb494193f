package dev.caravan.mapping;

import java.util.Map;
import java.util.Optional;

/** A field that names another record by what is known of it on our side, in place of the field that holds its id. */
public sealed interface TargetReference {

    /** The field's name in a mapping. */
    String name();

    /** The field that holds the id, which is the one that is cleared. */
    String field();

    /**
     * By a key of the other record; the destination finds its id.
     *
     * @param relationship what the destination calls the way to the other record
     * @param object whose record it is, where the reference can lead to records of several
     * @param key the other record's field
     */
    record ByKey(String name, String field, String relationship, Optional<String> object, String key)
            implements TargetReference {}

    /**
     * By a name out of a short list that the description brings along.
     *
     * @param ids by name, written as the description writes them
     */
    record ByName(String name, String field, Map<String, String> ids) implements TargetReference {
        public ByName {
            ids = Map.copyOf(ids);
        }

        /** The id of the record with this name, in whichever case; empty if there is none. */
        public Optional<String> id(String wanted) {
            return ids.entrySet().stream()
                    .filter(each -> each.getKey().equalsIgnoreCase(wanted))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }
}
