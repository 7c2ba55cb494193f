package dev.caravan.simulation.fake;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.Deliveries.Said;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Pause;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a ledger has stored. Entries never change; they are replaced. Everything iterates in an order of its own. */
final class LedgerTables {

    final Map<MappingId, Long> epochs = new TreeMap<>();
    final Map<MappingId, Term> terms = new TreeMap<>();
    final NavigableLongs<Run> runs = new NavigableLongs<>();
    final Map<MappingId, SortedSet<Instant>> fires = new TreeMap<>();
    final SortedSet<Long> closedRuns = new TreeSet<>();
    final NavigableLongs<PlanEntry> plans = new NavigableLongs<>();
    final Map<Long, NavigableLongs<PlannedWrite>> rows = new TreeMap<>();
    final Map<Long, NavigableLongs<Hold>> holds = new TreeMap<>();
    final NavigableLongs<Batch> batches = new NavigableLongs<>();
    /** By run and ordinal, the batches that a row was in, oldest first. */
    final Map<Long, Map<Long, List<Long>>> sent = new TreeMap<>();

    final NavigableLongs<Answer> answers = new NavigableLongs<>();
    final Map<MappingId, Map<String, Refusal>> standing = new TreeMap<>();
    final Map<Long, Said> words = new TreeMap<>();
    final Map<MappingId, String> schemas = new TreeMap<>();
    final Map<MappingId, Long> unresolved = new TreeMap<>();
    final Map<MappingId, Long> freshStarts = new TreeMap<>();
    final Map<String, Pause> pauses = new TreeMap<>();
    final List<AuditEntry> audit = new ArrayList<>();

    /** Whose a lease is, for which run, and how long by the store's clock. */
    record Term(String owner, long run, Instant expires) {}

    /** A table by a number. */
    static final class NavigableLongs<T> extends TreeMap<Long, T> {
        private static final long serialVersionUID = 1L;

        /** The next number, one above the highest. */
        long next() {
            return isEmpty() ? 1 : lastKey() + 1;
        }
    }

    /**
     * A sealed plan.
     *
     * @param opened when it first became deliverable
     * @param adopted the run that delivers it
     */
    record PlanEntry(
            Plan plan, @Nullable Instant opened, @Nullable Long adopted) {

        PlanEntry in(PlanState state) {
            Plan moved = new Plan(
                    plan.hash(),
                    plan.mapping(),
                    plan.run(),
                    plan.base(),
                    plan.definition(),
                    state,
                    plan.summary(),
                    plan.verdicts(),
                    kept(plan.created()),
                    kept(plan.expires()));
            return new PlanEntry(moved, opened, adopted);
        }
    }

    /**
     * Why a row is not sent.
     *
     * @param planned whether a guard held it from the start
     */
    record Hold(String reason, boolean planned) {}

    /**
     * An intent.
     *
     * @param end when and by which epoch it was answered; null while it is open
     */
    record Batch(
            long id,
            MappingId mapping,
            long run,
            long epoch,
            Intent intent,
            Instant begun,
            @Nullable String job,
            @Nullable End end) {

        Batch remembering(String remoteJob) {
            return new Batch(id, mapping, run, epoch, intent, begun, remoteJob, end);
        }

        Batch ended(End with) {
            return new Batch(id, mapping, run, epoch, intent, begun, job, with);
        }

        /** The outcome of one of its rows, null while it is open. */
        @Nullable
        Outcome outcome(long ordinal) {
            return end == null ? null : end.outcomes().get(ordinal);
        }
    }

    /**
     * The outcomes of a batch by ordinal.
     *
     * @param epoch which epoch answered; 0 if none did
     */
    record End(Instant at, long epoch, long firstSeq, SortedMap<Long, Outcome> outcomes) {}

    /** What stands against a key: the row that was refused, and why. */
    record Refusal(
            String fingerprint,
            long run,
            long ordinal,
            String code,
            @Nullable String field,
            Instant at) {}

    /** One outcome by its number. */
    record Answer(long batch, long ordinal, Outcome outcome) {}

    /** As the stores keep instants: to the microsecond. */
    static Instant kept(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** What every transaction of a run asks first (invariant I10). */
    void fence(Lease lease) {
        long epoch = epochs.getOrDefault(lease.mapping(), 0L);
        if (epoch != lease.epoch()) {
            throw new CaravanException.RunFailure(Problem.of(
                    Code.RUN_FENCED,
                    "a newer run of " + lease.mapping() + " took over: epoch " + epoch + " follows " + lease.epoch(),
                    "nothing is lost: the newer run accounts for what this one left open"));
        }
    }

    /** The same, and that the run is one of the lease's mapping. */
    void fence(Lease lease, long run) {
        fence(lease);
        Run known = runs.get(run);
        if (known == null || !known.mapping().equals(lease.mapping())) {
            throw new IllegalStateException("run " + run + " is not one of " + lease.mapping());
        }
    }

    NavigableLongs<PlannedWrite> rowsOf(long run) {
        return rows.getOrDefault(run, new NavigableLongs<>());
    }

    NavigableLongs<Hold> holdsOf(long run) {
        return holds.getOrDefault(run, new NavigableLongs<>());
    }

    /** The batches that a row was in, oldest first. */
    List<Long> batchesOf(long run, long ordinal) {
        return sent.getOrDefault(run, Map.of()).getOrDefault(ordinal, List.of());
    }

    PlannedWrite row(long run, long ordinal) {
        PlannedWrite row = rowsOf(run).get(ordinal);
        if (row == null) {
            throw new IllegalArgumentException("run " + run + " has no plan row " + ordinal);
        }
        return row;
    }

    Batch batch(long id) {
        Batch batch = batches.get(id);
        if (batch == null) {
            throw new IllegalStateException("there is no batch " + id);
        }
        return batch;
    }

    /** All of it as it is now, for comparing: later changes do not show in it. */
    Map<String, Object> contents() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("epochs", copy(epochs));
        all.put("terms", copy(terms));
        all.put("runs", copy(runs));
        all.put("fires", copy(fires));
        all.put("closed runs", copy(closedRuns));
        all.put("plans", copy(plans));
        all.put("rows", copy(rows));
        all.put("holds", copy(holds));
        all.put("batches", copy(batches));
        all.put("sent", copy(sent));
        all.put("answers", copy(answers));
        all.put("standing", copy(standing));
        all.put("words", copy(words));
        all.put("schemas", copy(schemas));
        all.put("unresolved", copy(unresolved));
        all.put("fresh starts", copy(freshStarts));
        all.put("pauses", copy(pauses));
        all.put("audit", copy(audit));
        return all;
    }

    private static Object copy(Object table) {
        return switch (table) {
            case Map<?, ?> map -> {
                Map<Object, Object> copied = new LinkedHashMap<>();
                map.forEach((key, value) -> copied.put(key, copy(value)));
                yield copied;
            }
            case Collection<?> many -> new ArrayList<>(many);
            default -> table;
        };
    }
}
