package dev.caravan.pipeline;

import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.FieldRule;
import dev.caravan.plan.Clears;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries out what guards dropped: takes clears of a field out of the plan's rows, which then stay candidates. */
final class FieldDrops {

    private final Ledger ledger;

    FieldDrops(Ledger ledger) {
        this.ledger = ledger;
    }

    void apply(SyncRun run, List<Verdict> verdicts) {
        Set<String> fields = verdicts.stream()
                .filter(Verdict.Dropped.class::isInstance)
                .map(verdict -> ((Verdict.Dropped) verdict).field())
                .collect(Collectors.toSet());
        if (!fields.isEmpty()) {
            ledger.rewriteRows(
                    run.lease(), run.id(), fields, row -> Clears.without(row, fields, field -> triggers(run, field)));
        }
    }

    private static boolean triggers(SyncRun run, String field) {
        return run.mapping().fields().rule(field).map(FieldRule::triggers).orElse(false);
    }
}
