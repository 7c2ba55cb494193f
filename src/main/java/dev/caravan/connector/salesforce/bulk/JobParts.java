package dev.caravan.connector.salesforce.bulk;

import dev.caravan.destination.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a batch whose upload would be too large into several jobs, one after the other. Decided by the batch alone, so that
 * after a crash the same batch has the same parts.
 */
final class JobParts {

    private JobParts() {}

    /** The places of each part, in order. */
    static List<List<Integer>> of(Batch batch, JobCsv csv, int mostBytes) {
        List<List<Integer>> parts = new ArrayList<>();
        List<Integer> part = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < batch.writes().size(); i++) {
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
}
