package dev.caravan.app;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.LiveRuns;
import dev.caravan.pipeline.RunQueue;
import dev.caravan.plan.PlanState;
import dev.caravan.problem.Code;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was cut off, by a dead process, a stop or a pause, goes on now and not at the next fire: when the worker starts, and when a pause
 * is lifted. Safe for many threads.
 */
final class TakeUps {

    private final Ledger ledger;
    private final MappingRegistry mappings;
    private final Pauses pauses;
    private final LiveRuns live;
    private final RunQueue queue;
    private final Set<MappingId> owed = ConcurrentHashMap.newKeySet();

    TakeUps(Ledger ledger, MappingRegistry mappings, Pauses pauses, LiveRuns live, RunQueue queue) {
        this.ledger = ledger;
        this.mappings = mappings;
        this.pauses = pauses;
        this.live = live;
        this.queue = queue;
    }

    /** Every mapping may have something to go on with. */
    void all() {
        mappings.all().forEach(mapping -> owed.add(mapping.id()));
        look();
    }

    /** So may those that these scopes stopped; {@link #look} sees to it. */
    void lifted(Set<Scope> scopes) {
        mappings.all().stream()
                .filter(mapping -> !Collections.disjoint(Scope.over(mapping), scopes))
                .forEach(mapping -> owed.add(mapping.id()));
    }

    /** Queues what is owed. A run that saw the pause and is still ending is waited for, by looking again. */
    void look() {
        for (MappingId id : List.copyOf(owed)) {
            List<Run> unfinished = ledger.unfinished(id, 0);
            if (unfinished.stream().noneMatch(live::contains)) {
                owed.remove(id);
                mappings.find(id)
                        .filter(mapping -> pauses.among(Scope.over(mapping)).isEmpty())
                        .map(Mapping::id)
                        .filter(known -> !unfinished.isEmpty() || cutOff(known))
                        .ifPresent(known -> queue.offer(known, Trigger.RECOVERY, Optional.empty()));
            }
        }
    }

    private boolean cutOff(MappingId mapping) {
        return ledger.runs(Optional.of(mapping), 1).stream()
                .filter(last -> last.state() == RunState.FAILED)
                .anyMatch(last -> pausedBeforeItsPlan(last)
                        || ledger.planOfRun(last.id())
                                .filter(plan -> plan.state() == PlanState.OPEN)
                                .isPresent());
    }

    private static boolean pausedBeforeItsPlan(Run run) {
        return run.error() != null && run.error().contains("[" + Code.RUN_PAUSED.text() + "]");
    }
}
