package dev.caravan.pipeline;

import dev.caravan.ledger.Deliveries;
import dev.caravan.plan.LostWrites;
import dev.caravan.plan.Planned;
import dev.caravan.plan.PlannedWrite;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Holds rows of a run for as long as an older request may overtake them. Asks the ledger when the first row would be sent. */
final class ZombieWindow {

    private final SyncRun run;
    private final Deliveries ledger;
    private final Instant now;
    private @Nullable LostWrites lost;

    ZombieWindow(SyncRun run, Deliveries ledger, Instant now) {
        this.run = run;
        this.ledger = ledger;
        this.now = now;
    }

    Planned judged(Planned planned) {
        return planned instanceof Planned.Row row ? new Planned.Row(lost().judged(row.write())) : planned;
    }

    /** Whether a request for this row's key or record may still land. */
    boolean mayLand(PlannedWrite row) {
        return lost().mayLand(row);
    }

    private LostWrites lost() {
        LostWrites known = lost;
        if (known == null) {
            Instant since = now.minus(run.target().zombieWindow());
            known = new LostWrites(
                    ledger.lost(run.mapping().id(), since), run.target().wholes());
            lost = known;
        }
        return known;
    }
}
