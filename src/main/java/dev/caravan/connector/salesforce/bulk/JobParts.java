package dev.caravan.connector.salesforce.bulk;

import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a batch whose upload would be too large into several jobs, one after the other. Rows that lock the same record stand together: a job
 * is worked off in batches side by side. After a crash the same batch may be cut otherwise; which job has which rows is remembered.
 */
final class JobParts {

    private JobParts() {}

    /** The places of each part, in order. */
    static List<List<Integer>> of(Batch batch, JobCsv csv, int mostBytes) {
        List<List<Integer>> parts = new ArrayList<>();
        List<Integer> part = new ArrayList<>();
        long bytes = 0;
        for (int i : inOrder(batch)) {
            int more = csv.size(batch.writes().get(i));
            if (!part.isEmpty() && bytes + more > mostBytes) {
                parts.add(List.copyOf(part));
                part.clear();
                bytes = 0;
            }
            part.add(i);
            bytes += more;
        }
        parts.add(List.copyOf(part));
        return parts;
    }

    private static List<Integer> inOrder(Batch batch) {
        List<String> locks = batch.writes().stream().map(Write::lock).toList();
        return IntStream.range(0, batch.writes().size())
                .boxed()
                .sorted(Comparator.<Integer, String>comparing(locks::get)
                        .thenComparingLong(place -> batch.writes().get(place).ordinal()))
                .toList();
    }
}
