package dev.caravan.ledger;

import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Digest;
import dev.caravan.row.ValueCodec;
import java.util.TreeMap;

/** A plan row's fingerprint: a digest of model key, destination key, kind and mapped values. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(PlannedWrite row) {
        Digest digest = new Digest()
                .add(row.key().encoded())
                .add(ValueCodec.encode(row.targetKey()))
                .add(row.kind().name());
        new TreeMap<>(row.fields()).forEach((field, value) -> digest.add(field).add(ValueCodec.encode(value)));
        return digest.hex();
    }
}
