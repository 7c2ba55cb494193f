package dev.caravan.app;

import dev.caravan.app.Operations.Replayed;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Replays.Standing;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.pipeline.Runs;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.run.Run;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Gives a mapping's rows that wait for a person back to its next plan, while no run of it is going on. */
final class Replayer {

    /** As destinations take keys for one that differ by case alone. */
    private static final RowKey.Equality ANY_CASE = new RowKey.Equality(true, true);

    private final Ledger ledger;
    private final Runs runs;

    Replayer(Ledger ledger, Runs runs) {
        this.ledger = ledger;
        this.runs = runs;
    }

    Replayed replay(Mapping mapping, Set<String> keys, Optional<OnUnknown> unknown, Decision decision) {
        MappingId id = mapping.id();
        if (unknown.isPresent() && !mapping.target().operation().isOnce()) {
            throw new InvalidInput(Problem.of(
                    Code.USAGE,
                    id + " does not insert: what was lost of it is sent again by itself",
                    "leave --unknown out to replay what the destination refused"));
        }
        AtomicReference<Replayed> done = new AtomicReference<>(new Replayed(0, 0));
        runs.between(id, () -> ledger.unfinished(id, 0), () -> {
            Named named = Named.of(keys, unknown.isPresent() ? doubtful(id) : refused(id));
            if (unknown.isPresent() && (named.found().isEmpty() || named.strangers() > 0)) {
                refuseIfCutOff(id);
            }
            long rows = unknown.map(word -> ledger.say(id, named.found(), word, decision))
                    .orElseGet(() -> ledger.lift(id, named.found(), decision));
            done.set(new Replayed(rows, named.strangers()));
        });
        return done.get();
    }

    /** What a run sent that was cut off is in doubt only once a later run has looked at it. */
    private void refuseIfCutOff(MappingId mapping) {
        long rows = ledger.openRows(mapping, 0);
        if (rows > 0) {
            String run = ledger.unfinished(mapping, 0).stream()
                    .map(Run::id)
                    .max(Comparator.naturalOrder())
                    .map(id -> "run " + id)
                    .orElse("a run");
            throw new EnvironmentFailure(Problem.of(
                    Code.RUN_INTERRUPTED,
                    run + " of " + mapping + " was cut off, and what became of " + rows + (rows == 1 ? " row" : " rows")
                            + " that it sent is not looked into yet",
                    "caravan sync " + mapping + " does that first; then say it again"));
        }
    }

    private List<RowKey> doubtful(MappingId mapping) {
        return ledger.doubts(mapping).stream()
                .map(Doubt::row)
                .map(row -> row.key())
                .toList();
    }

    private List<RowKey> refused(MappingId mapping) {
        return ledger.standingRows(Optional.of(mapping), Integer.MAX_VALUE).stream()
                .map(Standing::key)
                .toList();
    }

    /** Keys as typed, among those that are there. */
    private record Named(Set<RowKey> found, long strangers) {

        static Named of(Set<String> typed, List<RowKey> there) {
            if (typed.isEmpty()) {
                return new Named(Set.copyOf(there), 0);
            }
            Map<String, Set<RowKey>> names = new HashMap<>();
            there.forEach(key -> List.of(key.encoded(), key.display())
                    .forEach(name ->
                            names.computeIfAbsent(name, any -> new HashSet<>()).add(key)));
            Set<RowKey> found = new HashSet<>();
            long strangers = 0;
            for (String key : typed) {
                Set<RowKey> called = names.getOrDefault(key, names.getOrDefault(ANY_CASE.fold(key), Set.of()));
                found.addAll(called);
                strangers += called.isEmpty() ? 1 : 0;
            }
            return new Named(found, strangers);
        }
    }
}
