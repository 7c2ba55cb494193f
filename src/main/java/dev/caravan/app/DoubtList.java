package dev.caravan.app;

import dev.caravan.ledger.Deliveries.Doubt;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlannedWrite.Repeat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keys whose last request has no known end, as the ledger has them now. Where the last run left none, the ledger is not searched. */
final class DoubtList {

    private final Ledger ledger;
    private final MappingRegistry mappings;

    DoubtList(Ledger ledger, MappingRegistry mappings) {
        this.ledger = ledger;
        this.mappings = mappings;
    }

    /** How many there are, of one mapping or of all. */
    long count(Optional<MappingId> only) {
        return meant(only).mapToLong(ledger::unresolvedCount).sum();
    }

    /** The first of them. */
    List<Doubtful> first(Optional<MappingId> only, int limit) {
        return meant(only)
                .flatMap(id -> of(id).map(doubt -> row(id, doubt)))
                .limit(limit)
                .toList();
    }

    /** When the oldest was first about to be sent. */
    Optional<Instant> since(MappingId mapping) {
        return of(mapping).map(DoubtList::begun).min(Instant::compareTo);
    }

    private Stream<Doubt> of(MappingId mapping) {
        return ledger.unresolvedCount(mapping) == 0 ? Stream.empty() : ledger.doubts(mapping).stream();
    }

    private Stream<MappingId> meant(Optional<MappingId> only) {
        return only.map(Stream::of).orElseGet(() -> mappings.all().stream().map(Mapping::id));
    }

    /** A repetition is of the same effect as the first request. */
    private static Instant begun(Doubt doubt) {
        return doubt.row().repeats().map(Repeat::begun).orElse(doubt.begun());
    }

    private static Doubtful row(MappingId mapping, Doubt doubt) {
        return new Doubtful(
                mapping, doubt.row().shownKey(), doubt.row().kind(), doubt.run(), begun(doubt), doubt.word());
    }
}
