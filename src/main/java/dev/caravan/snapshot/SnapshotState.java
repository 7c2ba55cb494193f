package dev.caravan.snapshot;

import java.util.Optional;

/**
 * A snapshot as a whole, at the start of a run.
 *
 * @param generation grows by one with every transaction that changes a row; part of a plan's base
 * @param appliedSeq the last ledger outcome it holds; 0 for none
 * @param liveRows rows the destination holds for us
 * @param dirtyRows rows with an unresolved request
 * @param target the identity of the account, object and key field it mirrors; empty before the first write
 * @param lastGoodRows rows of the last delivered read
 */
public record SnapshotState(
        long generation,
        long appliedSeq,
        long liveRows,
        long dirtyRows,
        Optional<String> target,
        Optional<Long> lastGoodRows) {}
