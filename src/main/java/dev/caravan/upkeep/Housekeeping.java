package dev.caravan.upkeep;

import dev.caravan.ledger.Upkeep;
import dev.caravan.ledger.Upkeep.Mark;
import dev.caravan.ledger.Upkeep.Swept;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.source.Engine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Prunes and erases for every mapping the ledger knows, as far as its snapshot has come. One whose snapshot is missing, or does not say,
 * keeps everything. Goes on where it was when it is called again; runs may go on meanwhile.
 */
public final class Housekeeping {

    private static final String NONE = "it has no snapshot";

    private final Upkeep ledger;
    private final Engine engine;
    private final Terms terms;
    private final InstantSource clock;
    private final BooleanSupplier stopping;

    /**
     * Upkeep of a ledger.
     *
     * @param stopping looked at between stretches; once true, the rest is left to the next time
     */
    public Housekeeping(Upkeep ledger, Engine engine, Terms terms, InstantSource clock, BooleanSupplier stopping) {
        this.ledger = ledger;
        this.engine = engine;
        this.terms = terms;
        this.clock = clock;
        this.stopping = stopping;
    }

    /**
     * What was done.
     *
     * @param pruned plan rows that were let go
     * @param erased plan rows whose values were erased
     * @param kept mappings that keep everything for now, and why
     * @param again whether one of them may not, when it is asked again soon
     */
    public record Done(long pruned, long erased, Map<MappingId, String> kept, boolean again) {
        public Done {
            kept = Map.copyOf(kept);
        }
    }

    /** How long things are kept. */
    public Terms terms() {
        return terms;
    }

    /** Does all there is to do. */
    public Done clean() {
        Instant now = clock.instant();
        Map<MappingId, String> kept = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
        long pruned = 0;
        long erased = 0;
        for (MappingId mapping : ledger.mappings()) {
            OptionalLong applied = applied(mapping, kept);
            if (applied.isPresent()) {
                long upTo = applied.getAsLong();
                erased += sweep(from -> ledger.erase(mapping, upTo, now.minus(terms.values()), from));
                pruned += sweep(from -> ledger.prune(mapping, upTo, now.minus(terms.journal()), from));
            }
        }
        if (!stopping.getAsBoolean()) {
            ledger.done();
        }
        return new Done(pruned, erased, kept, kept.values().stream().anyMatch(why -> !why.equals(NONE)));
    }

    private OptionalLong applied(MappingId mapping, Map<MappingId, String> kept) {
        try {
            OptionalLong applied = engine.appliedSeq(mapping);
            if (applied.isEmpty()) {
                kept.put(mapping, NONE);
            }
            return applied;
        } catch (CaravanException failure) {
            kept.put(mapping, failure.problems().getFirst().message());
            return OptionalLong.empty();
        }
    }

    private long sweep(Function<Mark, Swept> stretch) {
        long rows = 0;
        Optional<Mark> from = Optional.of(Mark.START);
        while (from.isPresent() && !stopping.getAsBoolean()) {
            Swept swept = stretch.apply(from.get());
            rows += swept.rows();
            from = swept.next();
        }
        return rows;
    }
}
