package dev.caravan.store.sqlite;

import dev.caravan.store.sql.SqlLedger;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The ledger in one SQLite file, for a workspace that one process owns. A disk that is full, read-only,
 * broken or in use is an {@code EnvironmentFailure} ({@code state.full}, {@code state.read_only}, {@code state.io}, {@code state.busy})
 * after which the ledger goes on as it is, a file that cannot be trusted a {@code RunFailure} ({@code ledger.damaged});
 * neither quotes what was being stored.
 */
public final class SqliteLedger {

    private SqliteLedger() {}

    /** Opens a ledger, makes file and folder for their owner alone if there are none, and brings an older one up to date. */
    public static SqlLedger open(Path file, InstantSource clock) {
        return new SqlLedger(SqliteDatabase.open(file), clock, new OneProcess());
    }
}
