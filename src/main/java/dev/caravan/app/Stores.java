package dev.caravan.app;

import dev.caravan.app.shelf.SharedSnapshots;
import dev.caravan.app.shelf.ShelvedEngine;
import dev.caravan.config.settings.WorkspaceConfig;
import dev.caravan.delivery.link.Time;
import dev.caravan.engine.duckdb.DuckDbEngine;
import dev.caravan.ledger.Spending;
import dev.caravan.pipeline.Shelf;
import dev.caravan.source.Engine;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.SqlSpending;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The stores of a workspace, opened.
 *
 * @param shelf where snapshots come from and go to, if other workers have them too
 */
record Stores(SqlLedger ledger, Engine engine, Shelf shelf, Keeper keeper) {

    /** What was taken of limits of a day; the ledger's database keeps it. */
    Spending spending() {
        return new SqlSpending(ledger);
    }

    static Stores open(WorkspaceConfig config, Time time) {
        SqlLedger ledger = LedgerStore.open(config.state(), time);
        InstantSource clock = ledger.clock();
        DuckDbEngine own = DuckDbEngine.start(EngineSettings.of(config));
        Optional<Path> shared = config.state().shared();
        if (shared.isEmpty()) {
            return new Stores(ledger, own, Shelf.NONE, new Keeper(config, ledger, own, own, clock));
        }
        SharedSnapshots shelf = new SharedSnapshots(config.state().own(), shared.get());
        ShelvedEngine engine = new ShelvedEngine(own, own, shelf);
        return new Stores(ledger, engine, shelf, new Keeper(config, ledger, engine, engine, clock));
    }
}
