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
 * @param decided what became of the plan it was held with: {@code approved}, {@code rejected}, {@code expired} or {@code
 *     superseded}; null while it waits and for other runs. Read, never stored with the run
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
        @Nullable String error,
        @Nullable String decided) {

    public Run {
        verdicts = List.copyOf(verdicts);
    }

    /** A run of whose plan nothing more is known. */
    public Run(
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
        this(
                id,
                mapping,
                epoch,
                trigger,
                state,
                started,
                finished,
                rows,
                invalid,
                added,
                changed,
                removed,
                accounting,
                requests,
                plan,
                verdicts,
                error,
                null);
    }
}
