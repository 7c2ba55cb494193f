package dev.caravan.connector.declared.template;

import java.util.List;

/**
 * {@code {{ path | function | function: argument }}}.
 *
 * @param offset where it begins in its text, in code points
 */
public record Hole(Ref ref, List<Call> calls, int offset) {
    public Hole {
        calls = List.copyOf(calls);
    }
}
