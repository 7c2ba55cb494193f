package dev.caravan.transport.jdbc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** DuckDB's driver tells no SQLSTATE; its messages begin with the kind of error. What begins otherwise stays {@code 00000}. */
public final class DuckDbWords {

    private static final Map<String, String> STATES = new LinkedHashMap<>();

    static {
        STATES.put("Constraint Error: NOT NULL", "23502");
        STATES.put("Constraint Error: Duplicate key", "23505");
        STATES.put("Constraint Error: PRIMARY KEY or UNIQUE", "23505");
        STATES.put("Constraint Error: CHECK", "23514");
        STATES.put("Constraint Error: Violates foreign key", "23503");
        STATES.put("Constraint Error", "23000");
        STATES.put("Conversion Error", "22P02");
        STATES.put("Out of Range Error", "22003");
        STATES.put("Invalid Input Error", "22023");
        STATES.put("Mismatch Type Error", "22018");
        STATES.put("TransactionContext Error: Conflict", "40001");
        STATES.put("TransactionContext Error: Failed to commit: PRIMARY KEY", "40001");
        STATES.put("TransactionContext Error: Failed to commit: Constraint", "23000");
        STATES.put("TransactionContext Error: Failed to commit: write-write conflict", "40001");
        STATES.put("TransactionContext Error: Catalog write-write conflict", "40001");
        STATES.put("Binder Error: Unique file handle conflict", "55006");
        STATES.put("Catalog Error", "42P01");
        STATES.put("Binder Error", "42703");
        STATES.put("Parser Error", "42601");
        STATES.put("Permission Error", "42501");
        STATES.put("Out of Memory Error", "53200");
        STATES.put("IO Error: Could not set lock", "55006");
        STATES.put("IO Error", "58030");
        STATES.put("FATAL Error", "XX000");
        STATES.put("INTERNAL Error", "XX000");
    }

    private DuckDbWords() {}

    /** The SQLSTATE that stands for each beginning of a message; the first that fits holds. */
    public static Map<String, String> listed() {
        return Collections.unmodifiableMap(STATES);
    }

    static String state(String message) {
        String words = message.startsWith("Invalid Error: ") ? message.substring("Invalid Error: ".length()) : message;
        return STATES.entrySet().stream()
                .filter(entry -> words.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("00000");
    }
}
