package dev.caravan.app;

import dev.caravan.config.settings.Connection;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.ledger.Upkeep;
import dev.caravan.source.Engine;
import dev.caravan.source.SnapshotUpkeep;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.upkeep.SqlUpkeep;
import dev.caravan.upkeep.Housekeeping;
import dev.caravan.upkeep.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/** What looks after the two stores of a workspace, beside its runs. */
final class Keeper implements AutoCloseable {

    /** No connector says that a lost request may land later than this. */
    private static final Duration LEAST_DOUBT = Duration.ofHours(1);

    private final Upkeep ledger;
    private final SnapshotUpkeep snapshots;
    private final Housekeeping housekeeping;
    private final UpkeepTimer timer;
    private final Duration doubt;
    private final InstantSource clock;
    private volatile boolean closing;

    Keeper(WorkspaceConfig config, SqlLedger ledger, Engine engine, SnapshotUpkeep snapshots, InstantSource clock) {
        this.ledger = new SqlUpkeep(ledger);
        this.snapshots = snapshots;
        this.doubt = doubt(config);
        this.clock = clock;
        WorkspaceConfig.Keep keep = config.state().keep();
        Terms terms = new Terms(keep.journal(), keep.values(), doubt);
        this.housekeeping = new Housekeeping(this.ledger, engine, terms, clock, () -> closing);
        this.timer = new UpkeepTimer(housekeeping, clock);
    }

    private static Duration doubt(WorkspaceConfig config) {
        return config.connections().all().stream()
                .flatMap(connection -> switch (connection) {
                    case Connection.Salesforce org -> org.zombieWindow().stream();
                    case Connection.Declared declared -> declared.zombieWindow().stream();
                    case Connection.DuckDb file -> Stream.empty();
                    case Connection.Folder folder -> Stream.empty();
                })
                .reduce(LEAST_DOUBT, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    Upkeep ledger() {
        return ledger;
    }

    SnapshotUpkeep snapshots() {
        return snapshots;
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    /** How long a lost request may still land, by the most patient connection. */
    Duration doubt() {
        return doubt;
    }

    /** A request that was lost before this has landed or never will. */
    Instant doubtedSince() {
        return clock.instant().minus(doubt);
    }

    /** From now on upkeep is done by itself. */
    void start() {
        timer.start();
    }

    @Override
    public void close() {
        closing = true;
        timer.close();
    }
}
