package dev.caravan.app;

import dev.caravan.problem.Problem;
import java.util.List;

/** What {@code doctor} asks of a worker. Slow checks (log-ins, adding up all books) are made when asked, not before. */
@FunctionalInterface
public interface Diagnosis {

    /** One finding a thing looked at, good ones included. Changes nothing. A check that cannot be made is a finding, never an exception. */
    List<Finding> findings();

    /**
     * What keeps mappings from writing where they say: logs in to each destination and has the mappings' objects described, which costs
     * a request or two each, and writes nothing.
     *
     * @return each problem once, at its place in the mapping where the mapping is at fault; a check that cannot be made is one too
     */
    default List<Problem> targets() {
        return List.of();
    }

    /**
     * Repairs what is provably safe: what runs and upkeep would do by themselves.
     *
     * @return one finding a repair, saying what was and what is; a diagnosis that only looks repairs nothing
     */
    default List<Finding> repair() {
        return List.of();
    }

    /** How a thing is. */
    enum Level {
        OK,
        /** It was not well and is now. */
        REPAIRED,
        WARNING,
        /** Something around us is missing. */
        BROKEN,
        /** What is stored contradicts itself. */
        WRONG
    }

    /**
     * One thing looked at.
     *
     * @param what its name, for example {@code ledger} or {@code connection crm}
     * @param detail what was found, and what to do if it is not well; no secret
     */
    record Finding(String what, Level level, String detail) {}
}
