package dev.caravan.simulation.fake;

import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Fate;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.simulation.fake.LedgerTables.Hold;
import dev.caravan.simulation.fake.LedgerTables.NavigableLongs;
import dev.caravan.simulation.fake.LedgerTables.PlanEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Sealed plans. A mapping has one held plan at most; only a person's approval opens it. */
final class LedgerPlans {

    private static final Set<String> DECISIONS = Set.of("approve", "reject", "expire");

    private final LedgerTables tables;
    private final Commits commits;
    private final InstantSource clock;

    LedgerPlans(LedgerTables tables, Commits commits, InstantSource clock) {
        this.tables = tables;
        this.commits = commits;
        this.clock = clock;
    }

    void seal(Lease lease, Plan plan) {
        commits.commit("seal", changes -> {
            tables.fence(lease, plan.run());
            store(plan, changes);
            return true;
        });
    }

    void adopt(Lease lease, long from, Plan plan) {
        commits.commit("adopt", changes -> {
            tables.fence(lease, plan.run());
            PlanEntry approved = tables.plans.get(from);
            if (approved == null
                    || approved.plan().state() != PlanState.OPEN
                    || !approved.plan().hash().equals(plan.hash())) {
                throw new IllegalStateException("run " + from + " has no approved plan of this hash");
            }
            if (!tables.rowsOf(plan.run()).isEmpty()) {
                throw new IllegalStateException("run " + plan.run() + " has rows of its own");
            }
            changes.add(() -> {
                PlanEntry passed = approved.in(PlanState.SUPERSEDED);
                tables.plans.put(from, new PlanEntry(passed.plan(), passed.opened(), plan.run()));
                tables.rows
                        .computeIfAbsent(plan.run(), any -> new NavigableLongs<>())
                        .putAll(tables.rowsOf(from));
                NavigableLongs<Hold> holds = tables.holds.computeIfAbsent(plan.run(), any -> new NavigableLongs<>());
                tables.holdsOf(from).forEach((ordinal, hold) -> {
                    if (hold.planned()) {
                        holds.put(ordinal, hold);
                    }
                });
            });
            store(plan, changes);
            return true;
        });
    }

    private void store(Plan plan, List<Runnable> changes) {
        if (tables.plans.containsKey(plan.run())) {
            throw new IllegalStateException("run " + plan.run() + " has a plan already");
        }
        Instant now = LedgerTables.kept(clock.instant());
        changes.add(() -> {
            supersedeHeld(tables, plan.mapping());
            PlanEntry entry = new PlanEntry(plan, plan.state() == PlanState.OPEN ? now : null, null);
            tables.plans.put(plan.run(), entry.in(plan.state()));
        });
    }

    /** Part of a commit. */
    static void supersedeHeld(LedgerTables tables, MappingId mapping) {
        tables.plans.replaceAll((run, entry) ->
                entry.plan().state() == PlanState.HELD && entry.plan().mapping().equals(mapping)
                        ? entry.in(PlanState.SUPERSEDED)
                        : entry);
    }

    void move(Lease lease, Plan plan, PlanState state) {
        commits.commit("move", changes -> {
            tables.fence(lease, plan.run());
            PlanEntry entry = tables.plans.get(plan.run());
            if (state == PlanState.OPEN && (entry == null || entry.plan().state() != PlanState.OPEN)) {
                throw new IllegalStateException("only a decision opens a plan");
            }
            return entry != null
                    && entry.plan().hash().equals(plan.hash())
                    && changes.add(() -> tables.plans.put(plan.run(), entry.in(state)));
        });
    }

    Optional<Plan> byHash(String prefix) {
        return commits.read(() -> {
            List<Plan> found =
                    newestFirst().filter(plan -> plan.hash().startsWith(prefix)).toList();
            return found.stream().map(Plan::hash).distinct().count() == 1
                    ? Optional.of(found.getFirst())
                    : Optional.empty();
        });
    }

    Optional<Plan> ofRun(long run) {
        return commits.read(() -> Optional.ofNullable(tables.plans.get(run)).map(PlanEntry::plan));
    }

    Optional<Plan> upTo(long run, String hash) {
        return commits.read(() -> newestFirst()
                .filter(plan -> plan.run() <= run && plan.hash().equals(hash))
                .findFirst());
    }

    Optional<Plan> held(MappingId mapping) {
        return commits.read(() -> newestFirst()
                .filter(plan -> plan.state() == PlanState.HELD && plan.mapping().equals(mapping))
                .findFirst());
    }

    private Stream<Plan> newestFirst() {
        return tables.plans.descendingMap().values().stream().map(PlanEntry::plan);
    }

    Optional<Fate> fate(Plan plan) {
        return commits.read(() -> Optional.ofNullable(tables.plans.get(plan.run()))
                .filter(entry -> entry.plan().hash().equals(plan.hash()))
                .filter(entry -> entry.plan().state() != PlanState.HELD)
                .map(this::fate));
    }

    private Fate fate(PlanEntry entry) {
        PlanState state = entry.plan().state();
        boolean opened = entry.opened() != null;
        boolean decided = opened || state == PlanState.REJECTED || state == PlanState.EXPIRED;
        return new Fate(
                opened ? Fate.End.APPROVED : Fate.End.valueOf(state.name()),
                decided ? decision(entry.plan()) : Optional.empty(),
                Optional.ofNullable(entry.adopted()));
    }

    /** The first word on this hash since the plan was made, else the first ever. */
    private Optional<Decision> decision(Plan plan) {
        return tables.audit.stream()
                .filter(word -> word.subject().equals(plan.hash()) && DECISIONS.contains(word.action()))
                .min(Comparator.comparing((AuditEntry word) -> word.at().isBefore(plan.created()))
                        .thenComparingLong(AuditEntry::id))
                .map(word -> new Decision(word.who(), word.why(), word.at()));
    }
}
