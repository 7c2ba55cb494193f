package dev.caravan.transport.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One state of a file, as its manifest describes it.
 *
 * @param number counts from 1
 * @param sha256 of the file's bytes, in hex: what tells one generation from another
 * @param key the columns that rows are known by together; none where rows were only appended
 * @param applied the differences that made it, the latest last, so that a repetition of one is known
 */
record Generation(
        long number,
        long rows,
        long bytes,
        String sha256,
        List<String> columns,
        List<String> key,
        Instant writtenAt,
        List<String> applied) {

    /** So many are remembered; a repetition follows its first within a run, and rows are told apart by key or dedupe key beyond it. */
    private static final int REMEMBERED = 50;

    Generation {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        applied = List.copyOf(applied);
    }

    /** What a file's history comes to after one more difference. */
    static List<String> with(List<String> applied, String batch) {
        List<String> all = new ArrayList<>(applied);
        all.add(batch);
        return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
    }
}
