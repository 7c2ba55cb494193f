package dev.caravan.scenario.network;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.ledger.Deliveries;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Doubts;
import dev.caravan.plan.PlannedWrite.Repeat;
import dev.caravan.row.RowKey;

/** What a worker does about inserts whose end nobody knows: word for word once more where a second one is told (B), else it holds. */
record InsertsInDoubt(IdempotencyClass idempotency, Deliveries ledger, MappingId mapping) implements Doubts {

    @Override
    public Doubt about(RowKey key) {
        if (idempotency != IdempotencyClass.B) {
            return new Doubt.Hold("unknown");
        }
        return ledger.doubts(mapping).stream()
                .filter(doubt -> doubt.row().key().equals(key))
                .findFirst()
                .map(InsertsInDoubt::again)
                .orElseGet(() -> new Doubt.Hold("unknown"));
    }

    private static Doubt again(Deliveries.Doubt doubt) {
        Repeat first = doubt.row()
                .repeats()
                .orElseGet(() -> new Repeat(doubt.run(), doubt.row().ordinal(), doubt.begun()));
        return new Doubt.Again(doubt.row(), first, new Doubt.Hold("unknown"));
    }
}
