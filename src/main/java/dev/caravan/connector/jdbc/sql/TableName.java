package dev.caravan.connector.jdbc.sql;

import java.util.List;
import java.util.Optional;

/**
 * A table as a mapping's {@code object} names it: {@code table} or {@code schema.table}, exactly as the database writes it.
 *
 * @param schema empty for the one that the connection is in
 */
public record TableName(Optional<String> schema, String table) {

    private static final int LONGEST = 128;

    /**
     * The name that an object's text gives; empty if it can be none.
     *
     * @param usual the schema where it names none
     */
    public static Optional<TableName> of(String object, Optional<String> usual) {
        List<String> parts = List.of(object.split("\\.", -1));
        boolean named = parts.size() <= 2 && parts.stream().allMatch(TableName::isName);
        if (!named) {
            return Optional.empty();
        }
        return Optional.of(
                parts.size() == 2
                        ? new TableName(Optional.of(parts.getFirst()), parts.getLast())
                        : new TableName(usual, object));
    }

    private static boolean isName(String part) {
        return !part.isBlank() && part.length() <= LONGEST && part.chars().noneMatch(Character::isISOControl);
    }

    /** The name in a statement. */
    public String in(Dialect dialect) {
        String quoted = dialect.quoted(table);
        return schema.map(name -> dialect.quoted(name) + "." + quoted).orElse(quoted);
    }
}
