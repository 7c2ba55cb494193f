package dev.caravan.simulation.fake;

import dev.caravan.ledger.Lease;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.simulation.fake.LedgerTables.Hold;
import dev.caravan.simulation.fake.LedgerTables.NavigableLongs;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The rows of plans: mutable while a plan is made, fixed once it is sealed. */
final class LedgerRows {

    private static final int CHUNK = 2_000;

    private final LedgerTables tables;
    private final Commits commits;

    LedgerRows(LedgerTables tables, Commits commits) {
        this.tables = tables;
        this.commits = commits;
    }

    void add(Lease lease, long run, List<PlannedWrite> rows) {
        commits.commit("addRows", changes -> {
            unsealed(lease, run);
            Set<Long> taken = new HashSet<>(tables.rowsOf(run).keySet());
            for (PlannedWrite row : rows) {
                if (!taken.add(row.ordinal())) {
                    throw new IllegalStateException("run " + run + " has plan row " + row.ordinal() + " already");
                }
            }
            return rows.isEmpty() || changes.add(() -> put(run, rows));
        });
    }

    void rewrite(Lease lease, long run, Set<String> fields, UnaryOperator<PlannedWrite> change) {
        long after = -1;
        while (true) {
            List<PlannedWrite> rows = rows(run, after, CHUNK);
            if (rows.isEmpty()) {
                return;
            }
            after = rows.getLast().ordinal();
            List<PlannedWrite> changed = rows.stream()
                    .filter(row -> !Collections.disjoint(row.fields().keySet(), fields))
                    .map(change)
                    .toList();
            commits.commit("rewriteRows", changes -> {
                unsealed(lease, run);
                return changed.isEmpty() || changes.add(() -> put(run, changed));
            });
        }
    }

    /** Why a guard holds a row is kept with all other reasons of not sending. */
    private void put(long run, List<PlannedWrite> rows) {
        NavigableLongs<PlannedWrite> stored = tables.rows.computeIfAbsent(run, any -> new NavigableLongs<>());
        NavigableLongs<Hold> holds = tables.holds.computeIfAbsent(run, any -> new NavigableLongs<>());
        for (PlannedWrite row : rows) {
            stored.put(row.ordinal(), row);
            holds.remove(row.ordinal());
            row.held().ifPresent(reason -> holds.put(row.ordinal(), new Hold(reason, true)));
        }
    }

    Stream<PlannedWrite> rows(long run) {
        return rows(run, -1, Integer.MAX_VALUE).stream();
    }

    List<PlannedWrite> rows(long run, long after, int most) {
        return commits.read(() -> tables.rowsOf(run).tailMap(after, false).values().stream()
                .limit(most)
                .toList());
    }

    void drop(Lease lease, long run) {
        commits.commit("dropRows", changes -> {
            unsealed(lease, run);
            return changes.add(() -> {
                tables.rows.remove(run);
                tables.holds.remove(run);
            });
        });
    }

    private void unsealed(Lease lease, long run) {
        tables.fence(lease, run);
        if (tables.plans.containsKey(run)) {
            throw new IllegalStateException("the plan of run " + run + " is sealed: its rows do not change any more");
        }
    }
}
