package dev.caravan.store.sql.db;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;

/** What is said of a ledger that cannot be trusted. */
public final class Damage {

    private Damage() {}

    /** A {@code RunFailure} ({@code ledger.damaged}). */
    public static CaravanException of(String message) {
        return new CaravanException.RunFailure(Problem.of(
                Code.LEDGER_DAMAGED,
                message,
                "stop the worker, keep a copy of the ledger as it is, and put back its last good copy"));
    }
}
