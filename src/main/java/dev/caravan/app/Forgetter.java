package dev.caravan.app;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Upkeep.Forgotten;
import dev.caravan.mapping.MappingId;
import dev.caravan.pipeline.Runs;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes a key out of both stores, mapping by mapping, while no run of it is going on. First the snapshot, then the ledger with the audit
 * entry: what is cut off in between is made good by forgetting again, and nothing brings the key back meanwhile.
 */
final class Forgetter {

    /** Mappings whose destinations take keys for one that differ by case alone know them so. */
    private static final RowKey.Equality ANY_CASE = new RowKey.Equality(true, true);

    private final Ledger ledger;
    private final Keeper keeper;
    private final Runs runs;

    Forgetter(Ledger ledger, Keeper keeper, Runs runs) {
        this.ledger = ledger;
        this.keeper = keeper;
        this.runs = runs;
    }

    List<Forgot> forget(Optional<MappingId> only, String key, Decision decision) {
        List<MappingId> mappings = only.map(List::of).orElseGet(keeper.ledger()::mappings);
        String folded = ANY_CASE.fold(key);
        return mappings.stream()
                .flatMap(mapping -> {
                    Set<RowKey> exact = known(mapping, known -> is(known, key));
                    return forget(
                            mapping, exact.isEmpty() ? known(mapping, known -> is(known, folded)) : exact, decision)
                            .stream();
                })
                .toList();
    }

    private Set<RowKey> known(MappingId mapping, Predicate<RowKey> wanted) {
        Set<RowKey> keys = new HashSet<>(keeper.ledger().keys(mapping, wanted));
        keys.addAll(keeper.snapshots().keys(mapping, wanted));
        return keys;
    }

    private static boolean is(RowKey known, String key) {
        return known.encoded().equals(key) || known.display().equals(key);
    }

    private List<Forgot> forget(MappingId mapping, Set<RowKey> keys, Decision decision) {
        List<Forgot> forgot = new ArrayList<>();
        if (!keys.isEmpty()) {
            runs.between(
                    mapping,
                    () -> ledger.unfinished(mapping, 0),
                    () -> keys.forEach(each -> forgot.add(one(mapping, each, decision))));
        }
        return forgot;
    }

    private EnvironmentFailure inDoubt(MappingId mapping, RowKey key, boolean open) {
        if (open) {
            return new EnvironmentFailure(Problem.of(
                    Code.FORGET_IN_DOUBT,
                    "a request of " + mapping + " for this key has no answer yet",
                    "caravan sync " + mapping + " finds out what became of it; then forget the key"));
        }
        String until = ledger.history(Optional.of(mapping), key.encoded(), Integer.MAX_VALUE).stream()
                .filter(sent -> sent.outcome().orElse(null) instanceof Outcome.Unknown)
                .flatMap(sent -> sent.answered().stream())
                .max(Comparator.naturalOrder())
                .map(at -> "forget the key after "
                        + at.plus(keeper.doubt())
                                .truncatedTo(ChronoUnit.SECONDS)
                                .plusSeconds(1) + ", ")
                .orElse("forget the key later, ");
        return new EnvironmentFailure(
                Problem.of(
                        Code.FORGET_IN_DOUBT,
                        "a request of " + mapping + " for this key was lost and may still land",
                        until + "when " + keeper.doubt().toMinutes()
                                + " minutes have passed since its answer was given up; neither a sync nor a replay shortens that"));
    }

    private Forgot one(MappingId mapping, RowKey key, Decision decision) {
        // Without the row nobody would hold back a new value until the lost one has landed (invariant I8).
        boolean doubt = ledger.lost(mapping, keeper.doubtedSince()).stream()
                .anyMatch(row -> row.key().equals(key));
        boolean open = ledger.openBatches(mapping, 0).stream()
                .flatMap(batch -> batch.rows().stream())
                .anyMatch(row -> row.key().equals(key));
        if (doubt || open) {
            throw inDoubt(mapping, key, open);
        }
        boolean known = keeper.snapshots().forget(mapping, Set.of(key)) > 0;
        Forgotten forgotten = keeper.ledger().forget(mapping, key, decision);
        return new Forgot(mapping, forgotten.token(), forgotten.rows(), known);
    }
}
