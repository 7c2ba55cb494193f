package dev.caravan.simulation;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.simulation.fake.CommitHook;
import dev.caravan.simulation.fake.MemoryLedger;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** A ledger that takes every lease for the newest. */
final class UncheckedEpochs extends Plants {

    private final Map<MemoryLedger.Disk, Map<MappingId, Long>> epochs = new WeakHashMap<>();

    @Override
    Ledger sharedLedger(MemoryLedger.Disk disk, InstantSource clock, CommitHook hook, MemoryLedger.Owner owner) {
        Map<MappingId, Long> newest = epochs.computeIfAbsent(disk, any -> new HashMap<>());
        Map<String, Replaced.Call> calls = new HashMap<>();
        calls.put("claim", (original, arguments) -> {
            Object claim = original.call(arguments);
            if (claim instanceof Claim.Granted granted) {
                newest.put(granted.lease().mapping(), granted.lease().epoch());
            }
            return claim;
        });
        for (String call : List.of(
                "addRows",
                "seal",
                "begin",
                "complete",
                "found",
                "completeAll",
                "remember",
                "hold",
                "record",
                "unresolved")) {
            calls.put(call, (original, arguments) -> {
                Object[] current = arguments.clone();
                MappingId mapping = ((Lease) arguments[0]).mapping();
                current[0] = new Lease(mapping, newest.getOrDefault(mapping, 0L));
                return original.call(current);
            });
        }
        return Replaced.in(Ledger.class, super.sharedLedger(disk, clock, hook, owner), calls);
    }
}
