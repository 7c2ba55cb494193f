package dev.caravan.sandbox.salesforce.query;

import java.util.List;

/**
 * A parsed query; names are as written.
 *
 * @param fields selected fields; empty for {@code COUNT()}
 * @param orderBy field to order by, or empty for the order of creation
 * @param limit most records wanted; {@link Integer#MAX_VALUE} when not given
 */
public record Soql(
        List<String> fields,
        String object,
        List<Condition> conditions,
        String orderBy,
        boolean descending,
        int limit,
        int offset) {

    /** Whether only the number of records is wanted. */
    public boolean counts() {
        return fields.isEmpty();
    }

    /**
     * One comparison.
     *
     * @param operator one of {@code = != < <= > >= IN NOT IN LIKE}
     */
    public record Condition(String field, String operator, List<Literal> values) {}

    /** A value as written: quoted text with its escapes resolved, or a bare number, date, {@code true} or {@code null}. */
    public record Literal(String text, boolean quoted) {
        boolean isNull() {
            return !quoted && text.equalsIgnoreCase("null");
        }
    }
}
