package dev.caravan.app;

import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.Rejection;
import dev.caravan.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a person can ask of a worker. The process that owns the workspace implements it; every other process goes through that
 * one's local API. Calls that run a mapping return when the run has ended or its plan is held; they throw the
 * {@code CaravanException} that decides the exit code. Safe for use by many threads.
 */
public interface Operations {

    /** What stands in the place of a value that is private. */
    String HIDDEN = "•••";

    /** Reads, checks, diffs and judges one mapping and writes nothing; the plan is not kept unless one is already held. */
    SyncReport plan(MappingId mapping, Progress progress);

    /**
     * The same, with the first rows that are invalid by their keys: the model is asked anew, since nothing keeps them. The keys are
     * personal data: only for who asks for them.
     */
    SyncReport invalid(MappingId mapping, Progress progress);

    /** Runs one mapping from claim to settle. */
    SyncReport sync(MappingId mapping, Progress progress);

    /** Approves a held plan, named by its hash or a prefix that is unique, and delivers exactly its rows. */
    SyncReport approve(String plan, Decision decision, Progress progress);

    /** Refuses a held plan; the next fire plans afresh. */
    Plan reject(String plan, Decision decision);

    /** Every mapping of the workspace and how it stands. */
    List<MappingStatus> status();

    /** The newest runs first, of one mapping or of all; without previews, which only look. */
    List<Run> runs(Optional<MappingId> mapping, int limit);

    /** One run as its report. */
    SyncReport show(long run);

    /** The rows that the destination refused in a run. Their keys are personal data: only for who asks for them. */
    List<Refused> refused(long run);

    /**
     * What waits for a person, of one mapping or of all: rejections that stand, and keys in doubt. The keys are personal data: only for who asks for them.
     *
     * @param limit how many rows of each at most; the counts are of all
     */
    Stands rejected(Optional<MappingId> mapping, int limit);

    /** A plan and, masked where private, its first rows. */
    PlanView planView(String plan, int rows);

    /**
     * Everything ever sent for a key, newest first.
     *
     * @param unmasked whether private fields are shown as they are
     */
    List<Sent> record(Optional<MappingId> mapping, String key, boolean unmasked);

    /**
     * The kill switch: stops what the scope covers from running and sending, within a second, until it is resumed.
     *
     * @return the pause of this scope that holds already; empty if this one is new
     */
    Optional<Pause> pause(Scope scope, Decision decision);

    /** Lifts the pause of this very scope; what it cut off goes on. */
    Resumed resume(Scope scope, Decision decision);

    /** Every pause, the widest first. */
    List<Pause> pauses();

    /** Forgets a mapping's snapshot and standing rejections, so that the next run is a first sync. History stays. */
    void reset(MappingId mapping, Decision decision);

    /**
     * Erases everything kept of a key, in the snapshots and the ledger of one mapping or of all; the books stay under a keyed hash. A row
     * of it that is still in a model is an add of the next run, of a record that is not ours to delete.
     *
     * @param key canonical or as people type it
     * @return empty if nothing is kept of it
     */
    List<Forgot> forget(Optional<MappingId> mapping, String key, Decision decision);

    /**
     * Has rows planned again that no run would take up by itself: those whose rejection stands, or inserts of which nobody knows whether
     * they arrived. The next plan has them.
     *
     * @param keys canonical or as people type them; none for all
     * @param unknown what a person, having looked, says of inserts in doubt; empty where rejections are meant
     */
    Replayed replay(MappingId mapping, Set<String> keys, Optional<OnUnknown> unknown, Decision decision);

    /** Audit entries, newest first. */
    List<AuditEntry> audit(int limit);

    /**
     * What a resume did.
     *
     * @param lifted the pause that is gone; empty if there was none
     * @param left pauses that still stop the scope or a part of it
     */
    record Resumed(Optional<Pause> lifted, List<Pause> left) {}

    /**
     * What waits for a person, or for what a person may do.
     *
     * @param reasons all of them by reason, the most frequent first
     * @param rows the first of them, those of the oldest runs first
     * @param inDoubt keys whose last request has no known end
     * @param doubtful the first of them, mapping by mapping
     */
    record Stands(List<Rejection> reasons, List<Standing> rows, long inDoubt, List<Doubtful> doubtful) {}

    /**
     * What a replay did.
     *
     * @param rows how many rows come back, or have a person's word now
     * @param strangers how many of the keys that were named are none of those
     */
    record Replayed(long rows, long strangers) {}

    /** A plan with rows. */
    record PlanView(Plan plan, List<PlannedWrite> rows) {}
}
