package dev.caravan.delivery;

import dev.caravan.destination.Batch;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Some rows of a batch that are about to be sent together. Pure.
 *
 * @param number the round, from 1
 * @param begun when the delivery of its batch was, before the first request of it
 * @param doubts the rows whose request of an earlier round has no known end, by ordinal
 */
record Part(Batch batch, int number, Instant begun, Map<Long, Outcome.Unknown> doubts) {

    /** All of a batch, sent for the first time. */
    static Part whole(Batch batch, Instant now) {
        return new Part(batch, 1, now, Map.of());
    }

    /** The same without some of its rows. */
    Part without(Set<Write> rows) {
        List<Write> others =
                batch.writes().stream().filter(write -> !rows.contains(write)).toList();
        return new Part(batch(others), number, begun, doubts);
    }

    /** These rows once more, in the next round. */
    Part again(List<Write> writes, Map<Long, Outcome.Unknown> nowInDoubt) {
        return with(writes, number + 1, nowInDoubt);
    }

    /** These rows in two halves. */
    List<Part> halves(List<Write> writes, int round, Map<Long, Outcome.Unknown> nowInDoubt) {
        int half = writes.size() / 2;
        return List.of(
                with(writes.subList(0, half), round, nowInDoubt),
                with(writes.subList(half, writes.size()), round, nowInDoubt));
    }

    private Part with(List<Write> writes, int round, Map<Long, Outcome.Unknown> nowInDoubt) {
        List<Write> marked = new ArrayList<>(writes.size());
        for (Write write : writes) {
            marked.add(nowInDoubt.containsKey(write.ordinal()) ? write.doubted(begun) : write);
        }
        return new Part(batch(marked), round, begun, nowInDoubt);
    }

    private Batch batch(List<Write> writes) {
        return new Batch(batch.action(), batch.job(), batch.object(), batch.key(), batch.schema(), writes);
    }
}
