package dev.caravan.pipeline;

import dev.caravan.contract.CheckResult;
import dev.caravan.delivery.Batches;
import dev.caravan.delivery.DeliveryReport;
import dev.caravan.delivery.DeliveryReport.Halt;
import dev.caravan.delivery.link.Monitor;
import dev.caravan.delivery.link.RequestCount;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.Mapping;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.Tally;
import dev.caravan.problem.CaravanException;
import dev.caravan.run.Accounting;
import dev.caravan.run.RunState;
import dev.caravan.source.EngineSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One run on its way through the routes: what each step found, for the steps after it. Written by one step at a time;
 * only the request counter is shared by the threads that deliver.
 */
public final class SyncRun {

    private final Order order;
    private final LongAdder requests = new LongAdder();
    private @Nullable Lease lease;
    private long id;
    private @Nullable Instant started;
    private @Nullable EngineSession session;
    private @Nullable TargetSession target;
    private Runnable afterClosing = () -> {};
    private @Nullable CheckResult check;
    private EngineSession.@Nullable Counts counts;
    private @Nullable Tally tally;
    private @Nullable Plan plan;
    private @Nullable PlanSummary found;
    private List<Verdict> verdicts = List.of();
    private List<Verdict> objections = List.of();
    private long invalid;
    private Accounting accounting = Accounting.NONE;
    private RunState state = RunState.RUNNING;
    private boolean skipped;
    private final UnderWay underWay;
    private @Nullable Batches batches;
    private long toSend;
    private long sent;
    private @Nullable Halt halt;
    private @Nullable CaravanException broken;
    private boolean leftOpen;
    private @Nullable Duration took;

    /**
     * A run that has not begun.
     *
     * @param monitor what its parcels wait on for each other
     */
    public SyncRun(Order order, Monitor monitor) {
        this.order = order;
        this.underWay = new UnderWay(monitor);
    }

    /** What was asked. */
    public Order order() {
        return order;
    }

    /** The mapping that runs. */
    public Mapping mapping() {
        return order.mapping();
    }

    void claimed(Lease granted, long run, Instant at) {
        lease = granted;
        id = run;
        started = at;
    }

    /** Whether the lease is held. */
    public boolean isClaimed() {
        return lease != null;
    }

    /** The lease. Only after {@code claim}. */
    public Lease lease() {
        return Objects.requireNonNull(lease, "claim comes first");
    }

    /** The run's id; 0 before {@code claim}. */
    public long id() {
        return id;
    }

    /** When it began. Only after {@code claim}. */
    public Instant started() {
        return Objects.requireNonNull(started, "claim comes first");
    }

    void opened(EngineSession opened, TargetSession link) {
        session = opened;
        target = link;
    }

    /** What is done with the snapshot's file once the run has closed it. */
    void afterClosing(Runnable action) {
        afterClosing = action;
    }

    void close() {
        session().close();
        afterClosing.run();
    }

    /** Whether the snapshot is open. */
    public boolean isOpen() {
        return session != null;
    }

    /** The snapshot and the staged rows. Only after {@code open}. */
    public EngineSession session() {
        return Objects.requireNonNull(session, "open comes first");
    }

    /** The destination as this run sees it. Only after {@code open}. */
    public TargetSession target() {
        return Objects.requireNonNull(target, "open comes first");
    }

    void checked(CheckResult result) {
        check = result;
        invalid = result.invalid();
    }

    /** What the contract found, if the model was read. */
    public Optional<CheckResult> check() {
        return Optional.ofNullable(check);
    }

    void diffed(EngineSession.Counts found) {
        counts = found;
    }

    /** What the diff counted. Only after {@code diff}. */
    public EngineSession.Counts counts() {
        return Objects.requireNonNull(counts, "diff comes first");
    }

    void mapped(Tally counted, CheckResult withUnfit) {
        tally = counted;
        check = withUnfit;
        invalid = withUnfit.invalid();
    }

    /** What planning counted. Only after {@code map}. */
    public Tally tally() {
        return Objects.requireNonNull(tally, "map comes first");
    }

    void planned(Plan made, List<Verdict> judged, RunState now) {
        plan = made;
        verdicts = List.copyOf(judged);
        state = now;
    }

    void found(PlanSummary now) {
        found = now;
    }

    /** The figures of the run: the rows that it read itself, and else those of its plan, also of one that waits since an earlier run. */
    public Optional<PlanSummary> summary() {
        PlanSummary own = found;
        return plan().map(Plan::summary).map(planned -> own == null ? planned : planned.readAs(own));
    }

    /** The plan, once there is one. */
    public Optional<Plan> plan() {
        return Optional.ofNullable(plan);
    }

    /** The guards' verdicts. */
    public List<Verdict> verdicts() {
        return verdicts;
    }

    /** Rows quarantined, those that cannot be mapped included. */
    public long invalid() {
        return invalid;
    }

    void object(List<Verdict> more) {
        objections = List.copyOf(more);
    }

    /** Verdicts of steps that are no guards. */
    List<Verdict> objections() {
        return objections;
    }

    /** Whether an approved plan has to be made anew, since what it stands on moved. Routes ask this. */
    public boolean isBaseMoved() {
        return !objections.isEmpty();
    }

    /** Whether an approval has to read the model: for a fresh plan, or to see that what is to be removed is still gone. Routes ask this. */
    public boolean isDraftWanted() {
        return isBaseMoved() || order.approval().orElseThrow().plan().summary().remove() > 0;
    }

    /** Whether the plan may be sent now. Routes ask this. */
    public boolean isDeliverable() {
        return state == RunState.RUNNING && !skipped && order.mode() != Mode.PREVIEW && plan != null;
    }

    void skip() {
        skipped = true;
    }

    /** Whether somebody else claimed the scheduled fire: nothing is done and nothing recorded. Routes ask this. */
    public boolean isSkipped() {
        return skipped;
    }

    /** Takes note of every HTTP request of the run. Safe for many threads. */
    RequestCount counter() {
        return requests::add;
    }

    /** Every HTTP request so far. */
    public long requests() {
        return requests.sum();
    }

    void cut(Batches made, long rows) {
        batches = made;
        toSend = rows;
    }

    /** The plan's batches, each to be sent by one exchange. Routes ask this. */
    public Iterator<Parcel> parcels() {
        return batches == null
                ? Collections.emptyIterator()
                : new Parcels(this, batches, target().slots(), target().stop());
    }

    /** The parcels on their way. */
    UnderWay underWay() {
        return underWay;
    }

    synchronized void sent(DeliveryReport report) {
        sent += report.accepted() + report.rejected() + report.deferred() + report.unknown();
        leftOpen |= report.open() > 0;
        report.halt().ifPresent(this::halt);
        beat("deliver", sent, toSend);
    }

    /** A batch has left, and its answer is asked for until it is there. */
    synchronized void waits() {
        beat("wait", sent, toSend);
    }

    /** No further batch is to be sent. Only the first reason counts, whether that is a halt or a failure. */
    synchronized void halt(Halt why) {
        if (!isCutShort()) {
            halt = why;
        }
    }

    /** Whether a staged job was left under way. */
    synchronized boolean isLeftOpen() {
        return leftOpen;
    }

    /** Why delivery ended early, if it did. */
    public synchronized Optional<Halt> halted() {
        return Optional.ofNullable(halt);
    }

    /** A batch could not be delivered. The others that are on their way are waited for before the run fails. */
    synchronized void broke(CaravanException why) {
        if (broken == null) {
            broken = why;
        }
    }

    /** Why a batch could not be delivered, if one could not. */
    synchronized Optional<CaravanException> broken() {
        return Optional.ofNullable(broken);
    }

    /** Whether no further batch is to be sent. */
    synchronized boolean isCutShort() {
        return halt != null || broken != null;
    }

    void ended(RunState end, Accounting books, Duration time) {
        state = end;
        accounting = books;
        took = time;
    }

    /** Where the run stands. */
    public RunState state() {
        return state;
    }

    /** Where its planned rows ended. */
    public Accounting accounting() {
        return accounting;
    }

    /** How long it took; zero until it ended. */
    public Duration took() {
        return took == null ? Duration.ZERO : took;
    }

    void beat(String step, long done, long total) {
        order.heartbeat().at(step, done, total);
    }
}
