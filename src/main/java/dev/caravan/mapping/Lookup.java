package dev.caravan.mapping;

/**
 * Where the id of another record is to be found: the record of an object whose field holds the value.
 *
 * @param object of the same connection
 * @param field that identifies its records
 */
public record Lookup(String object, String field) {

    @Override
    public String toString() {
        return object + "." + field;
    }
}
