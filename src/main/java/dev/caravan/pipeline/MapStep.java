package dev.caravan.pipeline;

import dev.caravan.contract.CheckResult;
import dev.caravan.contract.CheckResult.Quarantined;
import dev.caravan.diff.Change;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldSets;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.model.Model;
import dev.caravan.plan.Planned;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.Planner;
import dev.caravan.plan.Tally;
import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Step 7: map the changed rows only, and store those that would be written. Heap stays flat however many there are, but for
 * {@link RowCounts}.
 */
public final class MapStep implements Step {

    private static final int CHUNK = 1_000;

    private final Ledger ledger;
    private final FieldSets definitions;
    private final InstantSource clock;

    /** A step that stores into this ledger. */
    public MapStep(Ledger ledger, FieldSets definitions, InstantSource clock) {
        this.ledger = ledger;
        this.definitions = definitions;
        this.clock = clock;
    }

    @Override
    public void on(SyncRun run) {
        MappingId mapping = run.mapping().id();
        if (ledger.standingCount(mapping) > 0) {
            run.target().describeAgainIfOld();
        }
        Optional<Renewing> renewing = Renewing.of(run, ledger, clock.instant());
        Set<String> standing = ledger.standing(mapping);
        SoleIdentifiers identified = new SoleIdentifiers();
        Tally tally = plan(run, standing, renewing, identified);
        // The first row to write had the object described: if it changed, what was refused before may be taken now.
        while ((tally.standing() > 0 && ledger.standingCount(mapping) < standing.size())
                || refilled(renewing, tally)
                || identified.count(run)) {
            ledger.dropRows(run.lease(), run.id());
            standing = ledger.standing(mapping);
            tally = plan(run, standing, renewing, identified);
        }
        run.mapped(tally, withUnfit(run.check().orElseThrow(), tally));
    }

    private static boolean refilled(Optional<Renewing> renewing, Tally tally) {
        return renewing.filter(due -> due.refilled(tally)).isPresent();
    }

    private Tally plan(SyncRun run, Set<String> standing, Optional<Renewing> renewing, SoleIdentifiers identified) {
        ZombieWindow window = new ZombieWindow(run, ledger, clock.instant());
        Planner planner = new Planner(
                        run.mapping(),
                        definitions,
                        write -> !standing.isEmpty() && standing.contains(Deliveries.fingerprint(write)),
                        new DoubtfulKeys(run, ledger, window, clock.instant()),
                        new TargetFit(run.target(), identified, clock.instant()))
                .renewing(renewing.map(Renewing::most).orElse(0L));
        Tally tally = new Tally(masked(run));
        try (Stream<Change> changes = run.session().changes()) {
            plan(run, planner, window, tally, changes.iterator());
        }
        return tally;
    }

    private void plan(SyncRun run, Planner planner, ZombieWindow window, Tally tally, Iterator<Change> changes) {
        long total =
                run.counts().added() + run.counts().candidates() + run.counts().gone();
        List<PlannedWrite> chunk = new ArrayList<>(CHUNK);
        long done = 0;
        while (changes.hasNext()) {
            Change change = changes.next();
            Planned planned = window.judged(planner.plan(change));
            tally.count(
                    planned instanceof Planned.Unfit unfit
                            ? asWritten(unfit, change, run.mapping().model())
                            : planned);
            if (planned instanceof Planned.Row row) {
                chunk.add(row.write());
            } else if (run.order().mode() != Mode.APPROVAL) {
                note(run, planned);
            }
            if (chunk.size() == CHUNK) {
                ledger.addRows(run.lease(), run.id(), chunk);
                chunk = new ArrayList<>(CHUNK);
            }
            if (++done % CHUNK == 0) {
                run.beat("map", done, total);
            }
        }
        if (!chunk.isEmpty()) {
            ledger.addRows(run.lease(), run.id(), chunk);
        }
    }

    /** With its key as the model has it, not as keys are compared: whoever reads it looks for it there. */
    private static Planned asWritten(Planned.Unfit unfit, Change change, Model model) {
        return rowOf(change)
                .map(row -> RowKey.of(row.select(model.key()), RowKey.Equality.EXACT))
                .map(key -> new Planned.Unfit(key, unfit.reason()))
                .orElse(unfit);
    }

    private static Optional<Row> rowOf(Change change) {
        return switch (change) {
            case Change.Added added -> Optional.of(added.row());
            case Change.Changed changed -> Optional.of(changed.row());
            case Change.Early early -> rowOf(early.change());
            case Change.Shared shared -> Optional.empty();
            case Change.Removed removed -> Optional.empty();
            case Change.Wanted wanted -> Optional.empty();
            case Change.TakenOver taken -> Optional.empty();
        };
    }

    /** Not of an approval: it sends what was planned earlier, and what was true before that is not afterwards. */
    private static void note(SyncRun run, Planned planned) {
        switch (planned) {
            case Planned.Row row -> {}
            case Planned.Same same -> run.session().same(same.key());
            case Planned.Left left -> run.session().same(left.key());
            case Planned.Waiting waiting -> {}
            case Planned.Quiet quiet -> {}
            case Planned.Overdue overdue -> {}
            case Planned.Standing standing -> {}
            case Planned.Unfit unfit -> {}
        }
    }

    private static Set<String> masked(SyncRun run) {
        Target target = run.mapping().target();
        return Stream.concat(
                        run.mapping().fields().rules().stream()
                                .filter(FieldRule::pii)
                                .map(FieldRule::field),
                        target.keyPrivate() ? target.key().fields().stream() : Stream.empty())
                .collect(Collectors.toSet());
    }

    /** Rows that cannot be mapped count as invalid beside those that broke the contract. */
    private static CheckResult withUnfit(CheckResult check, Tally tally) {
        Map<String, Long> unfit = tally.unfit();
        List<Quarantined> named = Stream.concat(
                        check.samples().stream(),
                        tally.unfitRows().stream()
                                .map(row -> new Quarantined(row.key().display(), List.of(row.reason()))))
                .limit(CheckResult.NAMED)
                .toList();
        Map<String, Long> byReason = new HashMap<>(check.byReason());
        unfit.forEach((reason, rows) -> byReason.merge(reason, rows, Long::sum));
        long more = unfit.values().stream().mapToLong(Long::longValue).sum();
        return new CheckResult(check.rows(), check.invalid() + more, check.nullKeys(), byReason, named, check.newest());
    }
}
