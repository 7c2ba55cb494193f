package dev.caravan.ledger;

import dev.caravan.mapping.MappingId;

/** The right to run a mapping. Every transaction of a run checks that its epoch is still the mapping's (invariant I10). */
public record Lease(MappingId mapping, long epoch) {}
