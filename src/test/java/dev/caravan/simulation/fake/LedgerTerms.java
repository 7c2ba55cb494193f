package dev.caravan.simulation.fake;

import dev.caravan.ledger.Lease;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.simulation.fake.LedgerTables.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How long leases last by the store's clock, where several owners share a disk; for ever where there is but one. */
final class LedgerTerms {

    private final LedgerTables tables;
    private final Commits commits;
    private final Optional<MemoryLedger.Owner> owner;

    LedgerTerms(LedgerTables tables, Commits commits, Optional<MemoryLedger.Owner> owner) {
        this.tables = tables;
        this.commits = commits;
        this.owner = owner;
    }

    Optional<LeaseTimes> times() {
        return owner.map(MemoryLedger.Owner::times);
    }

    /** Whether another owner's lease of the mapping is good now. Part of a transaction, as are the next three. */
    boolean heldElsewhere(MappingId mapping) {
        return owner.isPresent()
                && Optional.ofNullable(tables.terms.get(mapping))
                        .filter(term -> another(term, owner.get()))
                        .isPresent();
    }

    private static boolean another(Term term, MemoryLedger.Owner mine) {
        return !term.owner().equals(mine.name()) && term.expires().isAfter(now(mine));
    }

    private static Instant now(MemoryLedger.Owner mine) {
        return LedgerTables.kept(mine.clock().instant());
    }

    void take(MappingId mapping, long run, List<Runnable> changes) {
        owner.ifPresent(mine -> {
            Term term = new Term(mine.name(), run, now(mine).plus(mine.times().length()));
            changes.add(() -> tables.terms.put(mapping, term));
        });
    }

    /** Refuses to send with a lease that ends before the answer may be there. */
    void requireTime(MappingId mapping) {
        owner.ifPresent(mine -> {
            Term term = tables.terms.get(mapping);
            Duration left = term == null ? Duration.ZERO : Duration.between(now(mine), term.expires());
            if (left.compareTo(mine.times().margin()) < 0) {
                throw new CaravanException.RunFailure(Problem.of(
                        Code.RUN_LEASE,
                        "the lease of " + mapping + " runs out in " + Math.max(0, left.toMillis())
                                + " ms: too soon for another request",
                        "nothing is lost: the next run takes up what is left; look why the lease was not renewed"));
            }
        });
    }

    void release(Lease lease, long run, List<Runnable> changes) {
        Term term = tables.terms.get(lease.mapping());
        if (owner.isPresent() && term != null && term.run() == run) {
            changes.add(() -> tables.terms.remove(lease.mapping()));
        }
    }

    Set<Long> renew(Collection<Long> runs) {
        if (owner.isEmpty()) {
            return Collections.unmodifiableSet(new LinkedHashSet<>(runs));
        }
        MemoryLedger.Owner mine = owner.get();
        return commits.commit("renew", changes -> {
            Map<MappingId, Term> renewed = new TreeMap<>();
            tables.terms.forEach((mapping, term) -> {
                if (term.owner().equals(mine.name()) && runs.contains(term.run())) {
                    renewed.put(
                            mapping,
                            new Term(
                                    mine.name(),
                                    term.run(),
                                    now(mine).plus(mine.times().length())));
                }
            });
            if (!renewed.isEmpty()) {
                changes.add(() -> tables.terms.putAll(renewed));
            }
            Set<Long> still = new LinkedHashSet<>();
            renewed.values().forEach(term -> still.add(term.run()));
            return Collections.unmodifiableSet(still);
        });
    }

    boolean elsewhere(long run) {
        return owner.isPresent()
                && commits.read(() -> tables.terms.values().stream()
                        .anyMatch(term -> term.run() == run && another(term, owner.get())));
    }
}
