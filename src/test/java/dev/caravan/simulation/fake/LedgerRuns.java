package dev.caravan.simulation.fake;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.simulation.fake.LedgerTables.PlanEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Leases, scheduled fires and runs. */
final class LedgerRuns {

    private final LedgerTables tables;
    private final Commits commits;
    private final InstantSource clock;
    private final LedgerTerms terms;

    LedgerRuns(LedgerTables tables, Commits commits, InstantSource clock, LedgerTerms terms) {
        this.tables = tables;
        this.commits = commits;
        this.clock = clock;
        this.terms = terms;
    }

    Claim claim(MappingId mapping, Trigger trigger, Optional<Instant> due, List<Long> alive) {
        Optional<Instant> fire = due.map(LedgerTables::kept);
        return commits.commit("claim", changes -> {
            if (fire.isPresent()
                    && tables.fires.getOrDefault(mapping, new TreeSet<>()).contains(fire.get())) {
                return new Claim.AlreadyFired();
            }
            boolean elsewhere = terms.heldElsewhere(mapping);
            Optional<Run> busy = running(mapping)
                    .filter(run -> elsewhere || alive.contains(run.id()))
                    .max(Comparator.comparingLong(Run::id));
            if (busy.isPresent()) {
                return new Claim.Busy(busy.get().id(), busy.get().started());
            }
            long epoch = tables.epochs.getOrDefault(mapping, 0L) + 1;
            long id = tables.runs.next();
            Instant now = LedgerTables.kept(clock.instant());
            changes.add(() -> tables.epochs.put(mapping, epoch));
            changes.add(() -> tables.runs.put(id, started(id, mapping, epoch, trigger, now)));
            terms.take(mapping, id, changes);
            fire.ifPresent(at -> changes.add(() -> tables.fires
                    .computeIfAbsent(mapping, any -> new TreeSet<>())
                    .add(at)));
            return new Claim.Granted(new Lease(mapping, epoch), id);
        });
    }

    private static Run started(long id, MappingId mapping, long epoch, Trigger trigger, Instant now) {
        return new Run(
                id,
                mapping,
                epoch,
                trigger,
                RunState.RUNNING,
                now,
                null,
                0,
                0,
                0,
                0,
                0,
                Accounting.NONE,
                0,
                null,
                List.of(),
                null);
    }

    void record(Lease lease, Run run) {
        commits.commit("record", changes -> {
            tables.fence(lease, run.id());
            Run stored = merged(tables.runs.get(run.id()), run);
            if (run.state() != RunState.RUNNING) {
                terms.release(lease, run.id(), changes);
            }
            return changes.add(() -> tables.runs.put(run.id(), stored));
        });
    }

    void leave(Lease lease, long run) {
        commits.commit("leave", changes -> {
            tables.fence(lease, run);
            terms.release(lease, run, changes);
            return true;
        });
    }

    /** What the claim wrote stays. */
    private static Run merged(@Nullable Run claimed, Run found) {
        Run base = claimed == null ? found : claimed;
        Instant finished = found.finished();
        return new Run(
                base.id(),
                base.mapping(),
                base.epoch(),
                base.trigger(),
                found.state(),
                base.started(),
                finished == null ? null : LedgerTables.kept(finished),
                found.rows(),
                found.invalid(),
                found.added(),
                found.changed(),
                found.removed(),
                found.accounting(),
                found.requests(),
                found.plan(),
                found.verdicts(),
                found.error());
    }

    Optional<Run> run(long id) {
        return commits.read(() -> Optional.ofNullable(tables.runs.get(id)).map(this::decided));
    }

    List<Run> runs(Optional<MappingId> mapping, int limit) {
        return commits.read(() -> tables.runs.descendingMap().values().stream()
                .filter(run -> mapping.isEmpty() || mapping.get().equals(run.mapping()))
                .filter(run -> run.trigger() != Trigger.PREVIEW)
                .limit(limit)
                .map(this::decided)
                .toList());
    }

    Optional<Long> lastBefore(MappingId mapping, Instant moment) {
        return commits.read(() -> tables.runs.descendingMap().values().stream()
                .filter(run -> run.mapping().equals(mapping) && run.started().isBefore(moment))
                .map(Run::id)
                .findFirst());
    }

    List<Run> unfinished(MappingId mapping, long except) {
        return commits.read(
                () -> running(mapping).filter(run -> run.id() != except).toList());
    }

    private Stream<Run> running(MappingId mapping) {
        return tables.runs.values().stream()
                .filter(run -> run.state() == RunState.RUNNING)
                .filter(run -> run.mapping().equals(mapping));
    }

    /** A held run may have met a plan that waited already: the newest of that hash up to then. */
    private Run decided(Run run) {
        String hash = run.plan();
        if (run.state() != RunState.HELD || hash == null) {
            return run;
        }
        return tables.plans.headMap(run.id(), true).descendingMap().values().stream()
                .filter(entry -> entry.plan().hash().equals(hash))
                .findFirst()
                .map(entry -> with(run, word(entry)))
                .orElse(run);
    }

    private static @Nullable String word(PlanEntry entry) {
        Plan plan = entry.plan();
        if (plan.state() == PlanState.HELD) {
            return null;
        }
        return entry.opened() != null ? "approved" : plan.state().name().toLowerCase(Locale.ROOT);
    }

    private static Run with(Run run, @Nullable String decided) {
        return new Run(
                run.id(),
                run.mapping(),
                run.epoch(),
                run.trigger(),
                run.state(),
                run.started(),
                run.finished(),
                run.rows(),
                run.invalid(),
                run.added(),
                run.changed(),
                run.removed(),
                run.accounting(),
                run.requests(),
                run.plan(),
                run.verdicts(),
                run.error(),
                decided);
    }
}
