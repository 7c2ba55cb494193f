package dev.caravan.simulation.fake;

import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import dev.caravan.run.Rejection;
import dev.caravan.simulation.fake.LedgerTables.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Rejections that stand, and what people say of them and of outcomes that nobody knows. */
final class LedgerReplays {

    private final LedgerTables tables;
    private final Commits commits;
    private final LedgerDecisions decisions;
    private final LedgerOutcomes outcomes;

    LedgerReplays(LedgerTables tables, Commits commits, LedgerDecisions decisions, LedgerOutcomes outcomes) {
        this.tables = tables;
        this.commits = commits;
        this.decisions = decisions;
        this.outcomes = outcomes;
    }

    List<Rejection> reasons(Optional<MappingId> mapping) {
        return commits.read(() -> {
            Map<String, Rejection> reasons = new TreeMap<>();
            for (Refusal one : of(mapping)) {
                String reason = one.code() + "\0" + Objects.requireNonNullElse(one.field(), "");
                reasons.merge(
                        reason,
                        new Rejection(one.code(), one.field(), 1),
                        (sum, more) -> new Rejection(sum.code(), sum.field(), sum.rows() + more.rows()));
            }
            return reasons.values().stream()
                    .sorted(Comparator.comparingLong(Rejection::rows).reversed())
                    .toList();
        });
    }

    List<Standing> rows(Optional<MappingId> mapping, int limit) {
        return commits.read(() -> of(mapping).stream()
                .sorted(Comparator.comparingLong(Refusal::run).thenComparingLong(Refusal::ordinal))
                .limit(limit)
                .map(this::standing)
                .toList());
    }

    private List<Refusal> of(Optional<MappingId> mapping) {
        List<Refusal> found = new ArrayList<>();
        tables.standing.forEach((id, refusals) -> {
            if (mapping.isEmpty() || mapping.get().equals(id)) {
                found.addAll(refusals.values());
            }
        });
        return found;
    }

    private Standing standing(Refusal refusal) {
        PlannedWrite row = tables.row(refusal.run(), refusal.ordinal());
        MappingId mapping =
                Objects.requireNonNull(tables.runs.get(refusal.run())).mapping();
        return new Standing(
                mapping, row.key(), row.shownKey(), refusal.code(), refusal.field(), refusal.run(), refusal.at());
    }

    long lift(MappingId mapping, Set<RowKey> keys, Decision decision) {
        return commits.commit("lift", changes -> {
            Map<String, Refusal> standing = tables.standing.getOrDefault(mapping, Map.of());
            List<String> lifted = keys.stream()
                    .map(RowKey::encoded)
                    .filter(standing::containsKey)
                    .toList();
            if (!lifted.isEmpty()) {
                changes.add(() -> lifted.forEach(standing::remove));
                audit(mapping, lifted.size() + " rejected", decision, changes);
            }
            return (long) lifted.size();
        });
    }

    long say(MappingId mapping, Set<RowKey> keys, OnUnknown word, Decision decision) {
        return commits.commit("say", changes -> {
            List<Long> doubts = outcomes.doubtful(mapping).stream()
                    .filter(seq -> keys.contains(key(seq)))
                    .toList();
            if (!doubts.isEmpty()) {
                changes.add(() -> doubts.forEach(seq -> tables.words.put(seq, new Said(word, decision))));
                audit(mapping, doubts.size() + " unknown, " + word.name().toLowerCase(Locale.ROOT), decision, changes);
            }
            return (long) doubts.size();
        });
    }

    private RowKey key(long seq) {
        LedgerTables.Answer answer = Objects.requireNonNull(tables.answers.get(seq));
        return tables.row(tables.batch(answer.batch()).run(), answer.ordinal()).key();
    }

    private void audit(MappingId mapping, String what, Decision decision, List<Runnable> changes) {
        decisions.audit("replay", mapping + ": " + what, decision, changes);
    }
}
