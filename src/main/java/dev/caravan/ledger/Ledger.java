package dev.caravan.ledger;

import dev.caravan.mapping.MappingId;
import dev.caravan.run.Run;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The truth about what was intended, sent and answered. Every call that changes something is one durable transaction: when
 * it returns, a power cut cannot undo it. Safe for use by many threads. Every transaction of a run checks the lease's epoch and
 * throws {@code RunFailure} ({@code run.fenced}) when it is no longer the mapping's.
 */
public interface Ledger extends Plans, Deliveries, Decisions, Replays, Leases, AutoCloseable {

    /**
     * Takes a mapping's lease with the next epoch and starts a run. A run left {@code RUNNING} by a dead owner does not stand
     * in the way: either the caller owns the workspace, or the lease's time is over. Where leases run out, one of another owner whose
     * time is not over is busy.
     *
     * @param fire the scheduled fire that is claimed; a second claim of the same fire does nothing
     * @param alive runs that this process is executing now; any other running run belongs to a dead owner
     */
    Claim claim(MappingId mapping, Trigger trigger, Optional<Instant> fire, List<Long> alive);

    /**
     * Records what a run found and where it stands. The run's figures are replaced by those given. One that has ended gives up its
     * lease's time, so that the next claim is granted at once.
     */
    void record(Lease lease, Run run);

    /**
     * Gives up the lease's time of a run that stays {@code RUNNING}: whoever claims next, in any worker, takes up what it left open. Nothing
     * may be done under the lease after that.
     */
    void leave(Lease lease, long run);

    /** A run by its id. */
    Optional<Run> run(long id);

    /** The newest runs first, of one mapping or of all; without previews, which only look. */
    List<Run> runs(Optional<MappingId> mapping, int limit);

    /** The last run of a mapping that began before a moment, previews included; empty if none did. */
    Optional<Long> lastRunBefore(MappingId mapping, Instant moment);

    /** Runs of a mapping, other than this one, that are still {@code RUNNING}: their process died. Oldest first. */
    List<Run> unfinished(MappingId mapping, long except);

    @Override
    void close();
}
