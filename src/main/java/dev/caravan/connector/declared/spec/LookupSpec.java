package dev.caravan.connector.declared.spec;

import java.util.List;

/**
 * How the ids of records are found that other records refer to by a field of theirs.
 *
 * @param by the fields; none where any will do
 * @param batch how many are asked for at once
 */
public record LookupSpec(List<String> by, BatchSpec batch, FindSpec find) {

    public LookupSpec {
        by = List.copyOf(by);
    }

    boolean takes(String field) {
        return by.isEmpty() || by.contains(field);
    }
}
