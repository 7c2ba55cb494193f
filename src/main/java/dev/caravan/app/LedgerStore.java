package dev.caravan.app;

import dev.caravan.config.settings.LedgerServer;
import dev.caravan.config.settings.WorkspaceConfig.State;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.delivery.link.Time;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.store.postgres.PostgresLedger;
import dev.caravan.store.postgres.PostgresSettings;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sqlite.SqliteLedger;
import java.time.Duration;
import java.util.UUID;

/** Opens the ledger where the workspace says it is. */
final class LedgerStore {

    /** How far two machines' clocks may run apart during a lease. */
    private static final Duration DRIFT = Duration.ofSeconds(5);

    private LedgerStore() {}

    static SqlLedger open(State state, Time time) {
        return state.server()
                .map(server -> open(server, time))
                .orElseGet(() -> SqliteLedger.open(state.ledger(), time.clock()));
    }

    private static SqlLedger open(LedgerServer server, Time time) {
        PostgresSettings settings = new PostgresSettings(
                server.address(),
                server.url(),
                server.schema(),
                server.user()::resolve,
                server.password()::resolve,
                PostgresSettings.PATIENCE);
        return PostgresLedger.open(settings, time.nanos(), time.clock(), owner(), times(server.lease()));
    }

    /** No two workers that ever were have the same. */
    private static String owner() {
        return ProcessHandle.current().pid() + "/" + UUID.randomUUID();
    }

    /** A request that is sent has time to end within the lease, unless the lease is too short for that. */
    private static LeaseTimes times(Duration lease) {
        Duration wanted = SalesforceLimits.DEFAULT.requestTimeout().plus(DRIFT);
        Duration most = lease.dividedBy(2);
        return new LeaseTimes(lease, wanted.compareTo(most) < 0 ? wanted : most);
    }
}
