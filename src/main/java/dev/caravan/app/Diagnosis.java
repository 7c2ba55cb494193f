package dev.caravan.app;

import java.util.List;

/** What {@code doctor} asks of a worker. Looks, and mends nothing; slow checks (log-ins) are made when asked, not before. */
@FunctionalInterface
public interface Diagnosis {

    /** One finding a thing looked at, good ones included. A check that cannot be made is a finding, never an exception. */
    List<Finding> findings();

    /** How a thing is. */
    enum Level {
        OK,
        WARNING,
        BROKEN
    }

    /**
     * One thing looked at.
     *
     * @param what its name, for example {@code ledger} or {@code connection crm}
     * @param detail what was found, and what to do if it is not well; no secret
     */
    record Finding(String what, Level level, String detail) {}
}
