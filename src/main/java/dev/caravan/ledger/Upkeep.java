package dev.caravan.ledger;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.row.RowKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps the ledger short, private and true. Runs with their figures, plans with their hashes, and the audit stay for good; what is
 * let go are plan rows with their holds, intents and outcomes. Each transaction is small, so that no writer waits for long. Safe for
 * use by many threads; every call may be made again.
 */
public interface Upkeep {

    /**
     * Where a sweep stands.
     *
     * @param ordinal the last plan row of that run which was looked at; -1 for none
     */
    record Mark(long run, long ordinal) {
        /** The beginning. */
        public static final Mark START = new Mark(0, -1);
    }

    /**
     * One stretch of a sweep.
     *
     * @param rows plan rows that were let go, or whose values were erased
     * @param next where to go on; empty at the end
     */
    record Swept(long rows, Optional<Mark> next) {}

    /** Every mapping that has a run, also one whose file is gone. */
    List<MappingId> mappings();

    /**
     * Lets plan rows of old runs go, with their holds, intents and outcomes. Kept whatever their age: a run with an outcome that the
     * snapshot has not taken up or a request without an answer, a plan that waits, the newest plan and the newest intent; and rows
     * whose unknown end is unresolved, whose rejection stands, or that are the last acceptance of their key, unless that was a removal
     * whose values are erased.
     *
     * @param applied the last outcome that the mapping's snapshot holds. A snapshot older than that cannot be brought up to date any
     *     more, which {@link Deliveries#outcomesAfter} then says
     * @param before runs that ended, and whose outcomes are, older than this
     */
    Swept prune(MappingId mapping, long applied, Instant before, Mark from);

    /**
     * Erases the values of old runs: what plan rows send, sent before and were made of, the words of rejections, and the samples of
     * plans. Keys, hashes, outcomes and figures stay. Kept whatever their age as for {@link #prune}: what is not taken up, not
     * answered, waits, or is unresolved.
     */
    Swept erase(MappingId mapping, long applied, Instant before, Mark from);

    /** The mapping's keys for which this holds, of all plan rows that are kept. Looks at every one. */
    Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted);

    /**
     * What became of a key that was forgotten.
     *
     * @param token what stands in its place: a keyed hash, the same for the same key
     * @param rows plan rows that it was taken out of
     */
    record Forgotten(String token, long rows) {}

    /**
     * Takes a key and everything of it out of plan rows, rejections and samples, in one transaction with its audit entry; outcomes
     * stay under a keyed hash. A held plan with a row of it is superseded, a rejection that stands is lifted. No run of the mapping may be
     * going on.
     *
     * @throws dev.caravan.problem.CaravanException.EnvironmentFailure ({@code forget.in_doubt}) if a request for it has no answer yet
     */
    Forgotten forget(MappingId mapping, RowKey key, Decision decision);

    /** Holds what is stored against itself. Reads all of it. */
    Inspection inspect();

    /** Removes what a run left that ended without a plan; returns how many plan rows that were. Nothing refers to them. */
    long dropOrphans();

    /** When upkeep was last done to its end; empty if never. */
    Optional<Instant> lastDone();

    /** Tells that upkeep was done to its end, and lets the store give back what room it can. */
    void done();

    /**
     * What an inspection found.
     *
     * @param runs runs whose books were added up again
     * @param plans plans whose rows were held against their hash
     * @param orphans plan rows of runs that ended without a plan
     * @param audit entries of the audit
     * @param head the newest entry's hash; to be noted elsewhere, since nothing in here tells that the newest entries were cut off
     */
    record Inspection(long runs, long plans, long orphans, long audit, String head, List<Flaw> flaws) {
        public Inspection {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * Something stored that cannot be right.
     *
     * @param what what it is about, such as {@code books of run 7}; no key
     */
    record Flaw(String what, String detail) {}
}
