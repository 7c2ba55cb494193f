package dev.caravan.cli;

import dev.caravan.app.SyncReport;
import java.util.List;
import java.util.stream.IntStream;

/** Exit codes, fixed: 0 done, 1 failed, 2 invalid input, 3 environment, 4 held for approval. */
public final class Exit {

    /** Done. */
    public static final int DONE = 0;

    /** A run failed. */
    public static final int FAILED = 1;

    /** Something a person gave us cannot be used. */
    public static final int INVALID = 2;

    /** Something around us is missing or broken. */
    public static final int ENVIRONMENT = 3;

    /** A plan waits for approval. */
    public static final int HELD = 4;

    /** Of several runs the worst speaks: what stops everything first, what only waits last. */
    private static final List<Integer> WORST_FIRST = List.of(ENVIRONMENT, INVALID, FAILED, HELD, DONE);

    private Exit() {}

    /** What a report means. */
    public static int of(SyncReport report) {
        return switch (report.state()) {
            case "held" -> HELD;
            case "failed", "interrupted" -> FAILED;
            default -> DONE;
        };
    }

    /** What several mean together. */
    public static int worst(IntStream codes) {
        List<Integer> seen = codes.boxed().toList();
        return WORST_FIRST.stream().filter(seen::contains).findFirst().orElse(DONE);
    }
}
