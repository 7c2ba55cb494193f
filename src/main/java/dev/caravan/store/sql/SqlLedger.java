package dev.caravan.store.sql;

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
import dev.caravan.store.sql.db.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The ledger in a database. Instants are kept to the microsecond. Owns the database and closes it. */
public final class SqlLedger implements Ledger {
    private final Database db;
    private final InstantSource clock;
    private final Tenure tenure;
    private final RunTable runs;
    private final PlanTable plans;
    private final PlanRowTable rows;
    private final IntentTable intents;
    private final OutcomeTable outcomes;
    private final DoubtQueries doubts;
    private final RejectionQueries rejections;
    private final Books books;
    private final DecisionTable decisions;
    private final ReplayTable replays;

    /** A ledger in a database that has its tables; the clock says what is recorded as the time of things. */
    public SqlLedger(Database db, InstantSource clock, Tenure tenure) {
        this.db = db;
        this.clock = clock;
        this.tenure = tenure;
        this.runs = new RunTable(db, clock, tenure);
        this.plans = new PlanTable(db, clock);
        this.rows = new PlanRowTable(db);
        this.intents = new IntentTable(db, clock, tenure);
        this.outcomes = new OutcomeTable(db, clock);
        this.doubts = new DoubtQueries(db);
        this.rejections = new RejectionQueries(db);
        this.books = new Books(db, clock);
        this.decisions = new DecisionTable(db, clock);
        this.replays = new ReplayTable(db);
    }

    /** What it is kept in, for upkeep. */
    public Database database() {
        return db;
    }

    /** What its leases are bound to. */
    public Tenure tenure() {
        return tenure;
    }

    /** What it records as the time of things. */
    public InstantSource clock() {
        return clock;
    }

    @Override
    public Claim claim(MappingId mapping, Trigger trigger, Optional<Instant> fire, List<Long> alive) {
        return runs.claim(mapping, trigger, fire, alive);
    }

    @Override
    public Optional<LeaseTimes> leaseTimes() {
        return tenure.times();
    }

    @Override
    public Set<Long> renew(Collection<Long> renewed) {
        return tenure.renew(db.urgent(), renewed);
    }

    @Override
    public boolean elsewhere(long run) {
        return tenure.elsewhere(db, run);
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
        OutcomeTable.requireFound(answered);
        intents.begin(lease, run, intent, (sql, batch) -> outcomes.complete(sql, lease, batch, answered));
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
    public long openRows(MappingId mapping, long except) {
        return intents.openRows(mapping, except);
    }

    @Override
    public List<OpenBatch> unanswered(MappingId mapping, long except) {
        return intents.unanswered(mapping, except);
    }

    @Override
    public List<PlannedWrite> lost(MappingId mapping, Instant since) {
        return doubts.lost(mapping, since);
    }

    @Override
    public Unended unended(MappingId mapping) {
        return doubts.unended(mapping);
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
        return rejections.byReason(run);
    }

    @Override
    public Map<String, Long> heldBy(long run) {
        return books.heldBy(run);
    }

    @Override
    public List<Refused> refused(long run) {
        return rejections.rows(run);
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

    @Override
    public void close() {
        db.close();
    }
}
