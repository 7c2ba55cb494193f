package dev.caravan.app;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Runs;
import dev.caravan.problem.CaravanException;
import dev.caravan.recovery.Settlements;
import dev.caravan.source.Engine;
import dev.caravan.upkeep.Housekeeping;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Repairs what is provably safe to repair, which is what runs and upkeep do by themselves: nothing here decides anything, and nothing
 * is sent. Each repair says what was and what is. A repair that cannot be made is a finding too.
 */
final class Repairs {

    private final Ledger ledger;
    private final Engine engine;
    private final Keeper keeper;
    private final Runs runs;

    Repairs(Ledger ledger, Engine engine, Keeper keeper, Runs runs) {
        this.ledger = ledger;
        this.engine = engine;
        this.keeper = keeper;
        this.runs = runs;
    }

    List<Finding> all() {
        List<Finding> done = new ArrayList<>();
        keeper.ledger()
                .mappings()
                .forEach(mapping -> attempt("snapshot of " + mapping, done, () -> takeUp(mapping, done)));
        attempt("snapshots", done, () -> leftovers(done));
        attempt("ledger", done, () -> orphans(done));
        attempt("upkeep", done, () -> upkeep(done));
        return done;
    }

    private static void attempt(String what, List<Finding> done, Runnable repair) {
        try {
            repair.run();
        } catch (CaravanException failure) {
            done.add(new Finding(
                    what,
                    Level.WARNING,
                    "not repaired: " + failure.problems().getFirst().oneLine()));
        }
    }

    /** A snapshot behind the ledger takes up what the next run would begin with. */
    private void takeUp(MappingId mapping, List<Finding> done) {
        OptionalLong applied = engine.appliedSeq(mapping);
        if (applied.isEmpty() || applied.getAsLong() > ledger.lastSeq()) {
            return;
        }
        AtomicLong taken = new AtomicLong();
        runs.between(mapping, () -> ledger.unfinished(mapping, 0), () -> {
            try (Stream<Recorded> outcomes = ledger.outcomesAfter(mapping, applied.getAsLong())) {
                keeper.snapshots()
                        .takeUp(
                                mapping,
                                outcomes.map(Settlements::of)
                                        .peek(each -> taken.incrementAndGet())
                                        .iterator());
            }
        });
        if (taken.get() > 0) {
            done.add(repaired(
                    "snapshot of " + mapping,
                    taken + (taken.get() == 1 ? " outcome" : " outcomes") + " behind the ledger",
                    "holds all that the ledger has"));
        }
    }

    private void leftovers(List<Finding> done) {
        for (String name : keeper.snapshots().removeLeftovers()) {
            done.add(repaired("snapshots", name + " was a copy that a crash left", "it is deleted"));
        }
    }

    private void orphans(List<Finding> done) {
        long rows = keeper.ledger().dropOrphans();
        if (rows > 0) {
            done.add(repaired("ledger", rows + " plan rows of runs that ended without a plan", "they are gone"));
        }
    }

    private void upkeep(List<Finding> done) {
        Housekeeping.Done cleaned = keeper.housekeeping().clean();
        if (cleaned.pruned() + cleaned.erased() > 0) {
            done.add(repaired(
                    "upkeep",
                    "rows and values were kept longer than asked",
                    cleaned.pruned() + " rows let go, values of " + cleaned.erased() + " rows erased"));
        }
    }

    private static Finding repaired(String what, String before, String after) {
        return new Finding(what, Level.REPAIRED, "was: " + before + "; now: " + after);
    }
}
