package dev.caravan.store.sql.upkeep;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Upkeep;
import dev.caravan.mapping.MappingId;
import dev.caravan.row.RowKey;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.db.Database;
import dev.caravan.store.sql.db.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Upkeep of a ledger in a database. */
public final class SqlUpkeep implements Upkeep {

    private final Database db;
    private final InstantSource clock;
    private final Pruning pruning;
    private final Erasing erasing;
    private final Forgetting forgetting;
    private final Inspecting inspecting;

    /** Upkeep of this ledger. */
    public SqlUpkeep(SqlLedger ledger) {
        this.db = ledger.database();
        this.clock = ledger.clock();
        this.pruning = new Pruning(db, clock);
        this.erasing = new Erasing(db, clock);
        this.forgetting = new Forgetting(db, clock, ledger.tenure());
        this.inspecting = new Inspecting(
                db, new Inspecting.Stored(ledger::run, ledger::planOfRun, ledger::account, ledger::rows));
    }

    @Override
    public List<MappingId> mappings() {
        return db.read(
                sql -> sql.all("SELECT mapping FROM lease ORDER BY mapping", row -> new MappingId(row.getString(1))));
    }

    @Override
    public Swept prune(MappingId mapping, long applied, Instant before, Mark from) {
        Swept swept = pruning.sweep(mapping, applied, before, from);
        if (swept.next().isEmpty()) {
            fires(mapping, before);
        }
        return swept;
    }

    /** Scheduled fires so long past that none of them can come again. */
    private void fires(MappingId mapping, Instant before) {
        int gone;
        do {
            gone = db.write(sql -> sql.update(
                    "DELETE FROM fire WHERE mapping = ? AND due IN"
                            + " (SELECT due FROM fire WHERE mapping = ? AND due < ? ORDER BY due LIMIT 500)",
                    mapping,
                    mapping,
                    before));
        } while (gone > 0);
    }

    @Override
    public Swept erase(MappingId mapping, long applied, Instant before, Mark from) {
        return erasing.sweep(mapping, applied, before, from);
    }

    @Override
    public Set<RowKey> keys(MappingId mapping, Predicate<RowKey> wanted) {
        return forgetting.keys(mapping, wanted);
    }

    @Override
    public Forgotten forget(MappingId mapping, RowKey key, Decision decision) {
        Forgotten forgotten = forgetting.forget(mapping, key, decision);
        db.tidy();
        return forgotten;
    }

    @Override
    public Inspection inspect() {
        return inspecting.inspect();
    }

    @Override
    public long dropOrphans() {
        return inspecting.dropOrphans();
    }

    @Override
    public Optional<Instant> lastDone() {
        return db.read(sql -> sql.first("SELECT at FROM upkeep_done", row -> Sql.instant(row, "at")));
    }

    @Override
    public void done() {
        Instant now = clock.instant();
        db.write(sql -> sql.update(
                "INSERT INTO upkeep_done (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at",
                now));
        db.tidy();
    }
}
