package dev.caravan.ledger;

import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Plans and their rows. Rows are written while a plan is made and are immutable once it is sealed. */
public interface Plans {

    /** Adds rows to the plan that a run is making. */
    void addRows(Lease lease, long run, List<PlannedWrite> rows);

    /** Rewrites the rows of an unsealed plan in which one of these fields is sent, for guards that drop fields. */
    void rewriteRows(Lease lease, long run, Set<String> fields, UnaryOperator<PlannedWrite> change);

    /** The rows of a run's plan in ordinal order. Must be closed, and soon: what is written meanwhile piles up in the ledger's log. */
    Stream<PlannedWrite> rows(long run);

    /**
     * The rows of a run's plan above an ordinal, in order, at most so many: for reading slowly, since nothing stays open.
     *
     * @param after -1 for the first rows
     */
    List<PlannedWrite> rows(long run, long after, int most);

    /** Makes the plan durable and final. An earlier held plan of the mapping with another hash becomes superseded. */
    void seal(Lease lease, Plan plan);

    /**
     * Copies the rows of an earlier run's approved plan to this plan's run, and makes this plan durable and final: the earlier run
     * stays held in its books, and the new one accounts for what is sent.
     */
    void adopt(Lease lease, long fromRun, Plan plan);

    /** Forgets the rows of a run that made no plan to keep, such as a preview. */
    void dropRows(Lease lease, long run);

    /** The newest plan whose hash starts with this text, if exactly one hash does. */
    Optional<Plan> plan(String hashPrefix);

    /** The newest plan of a run. */
    Optional<Plan> planOfRun(long run);

    /** The plan of a mapping that waits for approval, if one does. */
    Optional<Plan> heldPlan(MappingId mapping);

    /** The newest plan of exactly this hash that this run or an earlier one made: what a run met that found a plan waiting. */
    Optional<Plan> planUpTo(long run, String hash);

    /** What became of a plan that was held; empty while it waits. */
    Optional<Fate> fate(Plan plan);

    /** Moves a plan to another state. */
    void move(Lease lease, Plan plan, PlanState state);

    /**
     * Whether every row that a run's unsealed plan would send repeats a row that an interrupted run was allowed to send and did not
     * settle: same key, same row hash, and a removal in both or in neither. Such a plan needs no second approval. A row without a hash
     * that is no removal is never covered, since nothing tells that it is the same row.
     */
    boolean coveredBy(long run, long interruptedRun);

    /** How many keys an earlier run's plan would remove, held rows left out, of which a run's unsealed plan has no removal. */
    long removalsBack(long run, long earlier);
}
