package dev.caravan.scenario.network;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the model holds in turn, keys with values: at first, when the fault strikes, and after it.
 *
 * @param before delivered without a fault; empty where nothing has to be there
 */
record Stages(Map<String, String> before, Map<String, String> struck, Map<String, String> after) {

    static Stages of(Case delivered, String prefix) {
        return switch (delivered.idempotency()) {
            case A, D -> {
                Map<String, String> changed = rows(prefix, 0, 18, "one");
                changed.putAll(rows(prefix, 4, 14, "two"));
                yield new Stages(Map.of(), rows(prefix, 0, 18, "one"), changed);
            }
            case B, E -> {
                Map<String, String> more = rows(prefix, 0, 24, "one");
                more.putAll(rows(prefix, 4, 14, "two"));
                yield new Stages(Map.of(), rows(prefix, 0, 18, "one"), more);
            }
            case C -> {
                // Half of them leave and others join; then some of either change their mind.
                Map<String, String> minds = rows(prefix, 6, 12, "member");
                minds.putAll(rows(prefix, 3, 6, "member"));
                minds.putAll(rows(prefix, 27, 36, "member"));
                Map<String, String> joined = rows(prefix, 12, 24, "member");
                joined.putAll(rows(prefix, 24, 36, "member"));
                yield new Stages(rows(prefix, 0, 24, "member"), joined, minds);
            }
            case F -> throw new IllegalArgumentException("nothing of class F is ever sent");
        };
    }

    private static Map<String, String> rows(String prefix, int from, int to, String value) {
        Map<String, String> rows = new TreeMap<>();
        for (int i = from; i < to; i++) {
            rows.put("%s-%02d".formatted(prefix, i), value);
        }
        return rows;
    }
}
