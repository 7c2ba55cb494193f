package dev.caravan.simulation.fake;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.simulation.fake.LedgerTables.Batch;
import dev.caravan.simulation.fake.LedgerTables.PlanEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What people decided. Every decision and its audit entry are one transaction. */
final class LedgerDecisions {

    private final LedgerTables tables;
    private final Commits commits;
    private final InstantSource clock;

    LedgerDecisions(LedgerTables tables, Commits commits, InstantSource clock) {
        this.tables = tables;
        this.commits = commits;
        this.clock = clock;
    }

    void decide(Plan plan, Ruling ruling, Decision decision) {
        Instant at = LedgerTables.kept(clock.instant());
        commits.commit("decide", changes -> {
            PlanEntry entry = tables.plans.get(plan.run());
            if (entry == null
                    || !entry.plan().hash().equals(plan.hash())
                    || entry.plan().state() != PlanState.HELD
                    || (ruling != Ruling.REJECTED && !entry.plan().expires().isAfter(at))) {
                throw new CaravanException.InvalidInput(Problem.of(
                        Code.PLAN_NOT_OPEN,
                        "the plan does not wait for approval: it was decided, replaced or has expired",
                        "make a new plan"));
            }
            PlanEntry decided = entry.in(state(ruling));
            changes.add(() -> tables.plans.put(
                    plan.run(),
                    new PlanEntry(
                            decided.plan(), ruling == Ruling.REJECTED ? decided.opened() : at, decided.adopted())));
            return audit(ruling == Ruling.REJECTED ? "reject" : "approve", plan.hash(), decision, changes);
        });
    }

    private static PlanState state(Ruling ruling) {
        return switch (ruling) {
            case APPROVED -> PlanState.OPEN;
            case OVERTAKEN -> PlanState.SUPERSEDED;
            case REJECTED -> PlanState.REJECTED;
        };
    }

    int expire(Instant moment) {
        Instant now = LedgerTables.kept(moment);
        return commits.commit("expire", changes -> {
            List<PlanEntry> late = tables.plans.values().stream()
                    .filter(entry -> entry.plan().state() == PlanState.HELD
                            && !entry.plan().expires().isAfter(now))
                    .toList();
            for (PlanEntry entry : late) {
                changes.add(() -> tables.plans.put(entry.plan().run(), entry.in(PlanState.EXPIRED)));
                audit("expire", entry.plan().hash(), new Decision("caravan", "not approved in time", now), changes);
            }
            return late.size();
        });
    }

    Optional<Pause> pause(Scope scope, Decision decision) {
        return commits.commit("pause", changes -> {
            Optional<Pause> standing = pause(scope);
            if (standing.isEmpty()) {
                changes.add(() -> tables.pauses.put(scope.text(), new Pause(scope, kept(decision))));
                audit("pause", scope.text(), decision, changes);
            }
            return standing;
        });
    }

    Optional<Pause> resume(Scope scope, Decision decision) {
        return commits.commit("resume", changes -> {
            Optional<Pause> standing = pause(scope);
            if (standing.isPresent()) {
                changes.add(() -> tables.pauses.remove(scope.text()));
                audit("resume", scope.text(), decision, changes);
            }
            return standing;
        });
    }

    private Optional<Pause> pause(Scope scope) {
        return Optional.ofNullable(tables.pauses.get(scope.text()));
    }

    List<Pause> pauses() {
        return commits.read(() -> List.copyOf(tables.pauses.values()));
    }

    /** Outcomes recorded so far stay, but no later snapshot takes them up. */
    void reset(MappingId mapping, Decision decision) {
        commits.commit("reset", changes -> {
            for (Batch batch : tables.batches.values()) {
                if (batch.end() == null && batch.mapping().equals(mapping)) {
                    LedgerOutcomes.end(tables, batch, LedgerTables.kept(clock.instant()), 0, abandoned(batch), changes);
                }
            }
            changes.add(() -> {
                tables.standing.remove(mapping);
                tables.unresolved.remove(mapping);
                LedgerPlans.supersedeHeld(tables, mapping);
                tables.freshStarts.put(mapping, tables.answers.next() - 1);
            });
            return audit("reset", mapping.value(), decision, changes);
        });
    }

    /** Batches without outcomes belong to what was reset: a job of them may be another account's and is not asked about. */
    private static List<RowOutcome> abandoned(Batch batch) {
        return batch.intent().ordinals().stream()
                .sorted()
                .map(ordinal -> new RowOutcome(ordinal, new Outcome.Unknown("reset")))
                .toList();
    }

    boolean audit(String action, String subject, Decision decision, List<Runnable> changes) {
        Decision kept = kept(decision);
        return changes.add(() -> tables.audit.add(
                new AuditEntry(tables.audit.size() + 1L, kept.at(), kept.who(), action, subject, kept.why())));
    }

    private static Decision kept(Decision decision) {
        return new Decision(decision.who(), decision.why(), LedgerTables.kept(decision.at()));
    }

    List<AuditEntry> audit(int limit) {
        return commits.read(() -> tables.audit.reversed().stream().limit(limit).toList());
    }
}
