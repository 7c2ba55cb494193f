package dev.caravan.pipeline;

import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which mappings' last run met a store that cannot be used. A ledger whose disk is full cannot even record that a run failed, so this is
 * kept in memory, for health to say. It ends with the mapping's next run that meets none. Thread-safe.
 */
final class StoreTroubles {

    private static final Set<Code> STORE = Set.of(
            Code.STATE_FULL,
            Code.STATE_READ_ONLY,
            Code.STATE_BUSY,
            Code.STATE_IO,
            Code.LEDGER_DAMAGED,
            Code.SNAPSHOT_DAMAGED,
            Code.SNAPSHOT_LOST);

    /** A run that did not begin tells nothing. */
    private static final Set<Code> SILENT = Set.of(Code.RUN_BUSY, Code.RUN_PAUSED);

    private final Map<MappingId, Problem> last = new ConcurrentHashMap<>();

    void ended(MappingId mapping) {
        last.remove(mapping);
    }

    void failed(MappingId mapping, CaravanException failure) {
        Problem problem = failure.problems().getFirst();
        if (STORE.contains(problem.code())) {
            last.put(mapping, problem);
        } else if (!SILENT.contains(problem.code())) {
            last.remove(mapping);
        }
    }

    /** Each problem once, however many mappings met it. */
    List<Problem> all() {
        return last.values().stream().distinct().toList();
    }
}
