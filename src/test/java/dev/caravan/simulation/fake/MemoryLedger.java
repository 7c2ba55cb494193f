package dev.caravan.simulation.fake;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Fate;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.RowKey;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import dev.caravan.run.Run;
import dev.caravan.run.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The ledger in memory: what a {@link Disk} has stored survives the object, as if a process ended, and what was not committed does not.
 * Several may be open on one disk, as several workers. Deterministic: everything iterates in an order of its own, numbers count
 * up from 1, and time is the clock's. Calls take microseconds. Safe for many threads, but made for one at a time.
 */
public final class MemoryLedger implements Ledger {
    private final Commits commits;
    private final LedgerTerms terms;
    private final LedgerRuns runs;
    private final LedgerPlans plans;
    private final LedgerRows rows;
    private final LedgerIntents intents;
    private final LedgerOutcomes outcomes;
    private final LedgerBooks books;
    private final LedgerDecisions decisions;
    private final LedgerReplays replays;

    /** Opens what a disk holds, as the only process that has it open: leases do not run out. */
    public MemoryLedger(Disk disk, InstantSource clock, CommitHook hook) {
        this(disk, clock, hook, Optional.empty());
    }

    /** Opens what a disk holds, as one of several owners that share it: their leases run out. */
    public MemoryLedger(Disk disk, InstantSource clock, CommitHook hook, Owner owner) {
        this(disk, clock, hook, Optional.of(owner));
    }

    private MemoryLedger(Disk disk, InstantSource clock, CommitHook hook, Optional<Owner> owner) {
        LedgerTables tables = disk.tables;
        this.commits = new Commits(disk, hook, "the ledger is closed");
        this.terms = new LedgerTerms(tables, commits, owner);
        this.runs = new LedgerRuns(tables, commits, clock, terms);
        this.plans = new LedgerPlans(tables, commits, clock);
        this.rows = new LedgerRows(tables, commits);
        this.intents = new LedgerIntents(tables, commits, clock, terms);
        this.outcomes = new LedgerOutcomes(tables, commits, clock);
        this.books = new LedgerBooks(tables, commits);
        this.decisions = new LedgerDecisions(tables, commits, clock);
        this.replays = new LedgerReplays(tables, commits, decisions, outcomes);
    }

    /**
     * One of several that share a disk.
     *
     * @param name unlike any other's, also after a restart
     * @param clock the store's, by which alone leases are measured: one for all owners of a disk
     */
    public record Owner(String name, LeaseTimes times, InstantSource clock) {}

    /** What is committed. It outlives every ledger that has it open. */
    public static final class Disk {
        private final LedgerTables tables = new LedgerTables();

        /** All that is stored, table by table, as it is now: equal only if nothing at all differs. */
        public synchronized Map<String, Object> contents() {
            return tables.contents();
        }
    }

    @Override
    public Claim claim(MappingId mapping, Trigger trigger, Optional<Instant> fire, List<Long> alive) {
        return runs.claim(mapping, trigger, fire, alive);
    }

    @Override
    public Optional<LeaseTimes> leaseTimes() {
        return terms.times();
    }

    @Override
    public Set<Long> renew(Collection<Long> renewed) {
        return terms.renew(renewed);
    }

    @Override
    public boolean elsewhere(long run) {
        return terms.elsewhere(run);
    }

    @Override
    public void record(Lease lease, Run run) {
        runs.record(lease, run);
    }

    @Override
    public void leave(Lease lease, long run) {
        runs.leave(lease, run);
    }

    @Override
    public Optional<Run> run(long id) {
        return runs.run(id);
    }

    @Override
    public List<Run> runs(Optional<MappingId> mapping, int limit) {
        return runs.runs(mapping, limit);
    }

    @Override
    public Optional<Long> lastRunBefore(MappingId mapping, Instant moment) {
        return runs.lastBefore(mapping, moment);
    }

    @Override
    public List<Run> unfinished(MappingId mapping, long except) {
        return runs.unfinished(mapping, except);
    }

    @Override
    public void addRows(Lease lease, long run, List<PlannedWrite> planned) {
        rows.add(lease, run, planned);
    }

    @Override
    public void rewriteRows(Lease lease, long run, Set<String> fields, UnaryOperator<PlannedWrite> change) {
        rows.rewrite(lease, run, fields, change);
    }

    @Override
    public Stream<PlannedWrite> rows(long run) {
        return rows.rows(run);
    }

    @Override
    public List<PlannedWrite> rows(long run, long after, int most) {
        return rows.rows(run, after, most);
    }

    @Override
    public void seal(Lease lease, Plan plan) {
        plans.seal(lease, plan);
    }

    @Override
    public void adopt(Lease lease, long fromRun, Plan plan) {
        plans.adopt(lease, fromRun, plan);
    }

    @Override
    public void dropRows(Lease lease, long run) {
        rows.drop(lease, run);
    }

    @Override
    public Optional<Plan> plan(String hashPrefix) {
        return plans.byHash(hashPrefix);
    }

    @Override
    public Optional<Plan> planOfRun(long run) {
        return plans.ofRun(run);
    }

    @Override
    public Optional<Plan> heldPlan(MappingId mapping) {
        return plans.held(mapping);
    }

    @Override
    public void move(Lease lease, Plan plan, PlanState state) {
        plans.move(lease, plan, state);
    }

    @Override
    public boolean coveredBy(long run, long interruptedRun) {
        return books.coveredBy(run, interruptedRun);
    }

    @Override
    public long removalsBack(long run, long earlier) {
        return books.removalsBack(run, earlier);
    }

    @Override
    public long begin(Lease lease, long run, Intent intent) {
        return intents.begin(lease, run, intent);
    }

    @Override
    public void remember(Lease lease, long batch, String remoteJob) {
        intents.remember(lease, batch, remoteJob);
    }

    @Override
    public void complete(Lease lease, long batch, List<RowOutcome> answered) {
        outcomes.complete(lease, batch, answered);
    }

    @Override
    public void found(Lease lease, long run, Intent intent, List<RowOutcome> answered) {
        intents.found(lease, run, intent, outcomes.found(lease, answered));
    }

    @Override
    public long completeAll(Lease lease, List<Long> batches, Outcome outcome) {
        return outcomes.completeAll(lease, batches, outcome);
    }

    @Override
    public void hold(Lease lease, long run, String reason, List<Long> ordinals) {
        books.hold(lease, run, reason, ordinals);
    }

    @Override
    public List<Long> pending(long run) {
        return books.pending(run);
    }

    @Override
    public List<OpenBatch> openBatches(MappingId mapping, long except) {
        return intents.open(mapping, except);
    }

    @Override
    public List<PlannedWrite> lost(MappingId mapping, Instant since) {
        return outcomes.lost(mapping, since);
    }

    @Override
    public Unended unended(MappingId mapping) {
        return new Unended(outcomes.doubts(mapping), outcomes.refuted(mapping));
    }

    @Override
    public Optional<String> target(MappingId mapping) {
        return intents.target(mapping);
    }

    @Override
    public Stream<Recorded> outcomesAfter(MappingId mapping, long seq) {
        return outcomes.after(mapping, seq);
    }

    @Override
    public long lastSeq() {
        return outcomes.lastSeq();
    }

    @Override
    public Optional<MappingId> mappingOf(long seq) {
        return outcomes.mappingOf(seq);
    }

    @Override
    public void supersedeUnsent(Lease lease, long run) {
        books.supersedeUnsent(lease, run);
    }

    @Override
    public Accounting account(long run) {
        return books.account(run);
    }

    @Override
    public void schema(Lease lease, String version) {
        outcomes.schema(lease, version);
    }

    @Override
    public Set<String> standing(MappingId mapping) {
        return outcomes.standing(mapping);
    }

    @Override
    public long standingCount(MappingId mapping) {
        return outcomes.standingCount(mapping);
    }

    @Override
    public void unresolved(Lease lease, long keys) {
        outcomes.unresolved(lease, keys);
    }

    @Override
    public long unresolvedCount(MappingId mapping) {
        return outcomes.unresolvedCount(mapping);
    }

    @Override
    public List<Rejection> rejections(long run) {
        return books.rejections(run);
    }

    @Override
    public Map<String, Long> heldBy(long run) {
        return books.heldBy(run);
    }

    @Override
    public List<Refused> refused(long run) {
        return books.refused(run);
    }

    @Override
    public Optional<Plan> planUpTo(long run, String hash) {
        return plans.upTo(run, hash);
    }

    @Override
    public Optional<Fate> fate(Plan plan) {
        return plans.fate(plan);
    }

    @Override
    public List<Sent> history(Optional<MappingId> mapping, String key, int limit) {
        return books.history(mapping, key, limit);
    }

    @Override
    public void decide(Plan plan, Ruling ruling, Decision decision) {
        decisions.decide(plan, ruling, decision);
    }

    @Override
    public int expire(Instant now) {
        return decisions.expire(now);
    }

    @Override
    public Optional<Pause> pause(Scope scope, Decision decision) {
        return decisions.pause(scope, decision);
    }

    @Override
    public Optional<Pause> resume(Scope scope, Decision decision) {
        return decisions.resume(scope, decision);
    }

    @Override
    public List<Pause> pauses() {
        return decisions.pauses();
    }

    @Override
    public void reset(MappingId mapping, Decision decision) {
        decisions.reset(mapping, decision);
    }

    @Override
    public List<Rejection> standingReasons(Optional<MappingId> mapping) {
        return replays.reasons(mapping);
    }

    @Override
    public List<Standing> standingRows(Optional<MappingId> mapping, int limit) {
        return replays.rows(mapping, limit);
    }

    @Override
    public long lift(MappingId mapping, Set<RowKey> keys, Decision decision) {
        return replays.lift(mapping, keys, decision);
    }

    @Override
    public long say(MappingId mapping, Set<RowKey> keys, OnUnknown word, Decision decision) {
        return replays.say(mapping, keys, word, decision);
    }

    @Override
    public List<AuditEntry> audit(int limit) {
        return decisions.audit(limit);
    }

    /** Ends the use of this object, as the end of its process would: every later call is refused. */
    @Override
    public void close() {
        commits.close();
    }
}
