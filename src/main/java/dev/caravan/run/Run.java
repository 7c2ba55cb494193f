package dev.caravan.run;

import dev.caravan.guard.Verdict;
import dev.caravan.mapping.MappingId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run as the ledger knows it.
 *
 * @param id counts up over the whole ledger
 * @param epoch the lease epoch it runs under
 * @param rows rows read; 0 until read
 * @param invalid rows quarantined
 * @param added planned adds, and so on
 * @param requests every HTTP request of the run, log-ins and describes included
 * @param plan its plan's hash, once there is one
 * @param error one line with a code, if it failed
 */
public record Run(
        long id,
        MappingId mapping,
        long epoch,
        Trigger trigger,
        RunState state,
        Instant started,
        @Nullable Instant finished,
        long rows,
        long invalid,
        long added,
        long changed,
        long removed,
        Accounting accounting,
        long requests,
        @Nullable String plan,
        List<Verdict> verdicts,
        @Nullable String error) {

    public Run {
        verdicts = List.copyOf(verdicts);
    }
}
