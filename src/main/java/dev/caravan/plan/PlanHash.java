package dev.caravan.plan;

import dev.caravan.row.Digest;
import dev.caravan.row.ValueCodec;
import java.util.TreeMap;

/**
 * A plan's hash: SHA-256 over the base and over every row in key order, each text preceded by its length. Covers what
 * would be written and on what it stands, and nothing that depends on time, so planning the same again gives the same.
 */
public final class PlanHash {

    private final Digest digest = new Digest();

    /** A hash that so far covers the mapping and the base. */
    public PlanHash(String mapping, Plan.Base base) {
        digest.add(mapping).add(base.mappingVersion()).add(base.target()).add(Long.toString(base.generation()));
    }

    /** Covers one more row; rows come in ordinal order. */
    public void add(PlannedWrite row) {
        digest.add(row.key().encoded())
                .add(ValueCodec.encode(row.targetKey()))
                .add(row.kind().name())
                .add(row.held().orElse(""))
                .add(Integer.toString(row.fields().size()));
        new TreeMap<>(row.fields()).forEach((field, value) -> digest.add(field).add(ValueCodec.encode(value)));
    }

    /** The hash as lower-case hex. Ends the computation. */
    public String hex() {
        return digest.hex();
    }
}
