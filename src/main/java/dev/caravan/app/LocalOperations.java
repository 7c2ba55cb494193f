package dev.caravan.app;

import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.Mode;
import dev.caravan.pipeline.Order;
import dev.caravan.pipeline.Runs;
import dev.caravan.pipeline.SyncRun;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.RowKey;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import dev.caravan.source.Engine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations of the process that owns the workspace. */
final class LocalOperations implements Operations {

    private static final int HISTORY = 1_000;
    /** Most destinations take keys for one that differ by case alone, and so does the ledger then. */
    private static final RowKey.Equality ANY_CASE = new RowKey.Equality(true, true);

    private final Ledger ledger;
    private final Engine engine;
    private final Runs runs;
    private final PastRuns past;
    private final MappingRegistry mappings;
    private final Runnable look;
    private final Statuses statuses;
    private final Holds holds;
    private final Pauses pauses;
    private final Quotes quotes;
    private final Forgetter forgetter;
    private final Replayer replayer;
    private final DoubtList doubts;

    LocalOperations(
            Ledger ledger,
            Engine engine,
            Runs runs,
            PastRuns past,
            MappingRegistry mappings,
            Runnable look,
            Statuses statuses,
            Holds holds,
            Pauses pauses,
            Quotes quotes,
            Keeper keeper) {
        this.ledger = ledger;
        this.engine = engine;
        this.runs = runs;
        this.past = past;
        this.mappings = mappings;
        this.look = look;
        this.statuses = statuses;
        this.holds = holds;
        this.pauses = pauses;
        this.quotes = quotes;
        this.forgetter = new Forgetter(ledger, keeper, runs);
        this.replayer = new Replayer(ledger, runs);
        this.doubts = new DoubtList(ledger, mappings);
    }

    @Override
    public SyncReport plan(MappingId mapping, Progress progress) {
        return run(asWritten(mapping), Mode.PREVIEW, Trigger.PREVIEW, Optional.empty(), progress, false);
    }

    @Override
    public SyncReport invalid(MappingId mapping, Progress progress) {
        return run(asWritten(mapping), Mode.PREVIEW, Trigger.PREVIEW, Optional.empty(), progress, true);
    }

    @Override
    public SyncReport sync(MappingId mapping, Progress progress) {
        return run(asWritten(mapping), Mode.SYNC, Trigger.COMMAND, Optional.empty(), progress, false);
    }

    @Override
    public SyncReport approve(String plan, Decision decision, Progress progress) {
        Plan held = requireHeld(plan);
        Mapping mapping = asWritten(held.mapping());
        Order.Approval approval = new Order.Approval(held, decision);
        return run(mapping, Mode.APPROVAL, Trigger.APPROVAL, Optional.of(approval), progress, false);
    }

    /** The mapping as its file is now: who asks for a run by name has just edited it, perhaps. */
    private Mapping asWritten(MappingId mapping) {
        look.run();
        return mappings.requireSound(mapping);
    }

    private SyncReport run(
            Mapping mapping,
            Mode mode,
            Trigger trigger,
            Optional<Order.Approval> approval,
            Progress progress,
            boolean withQuarantined) {
        if (holds.isStopping()) {
            throw new RunFailure(Problem.of(
                    Code.RUN_STOPPED, mapping.id() + " was not run: the worker was told to stop", "run it again"));
        }
        try {
            SyncRun run = runs.execute(new Order(mapping, mode, trigger, Optional.empty(), approval, progress::at));
            return Reports.of(
                    run,
                    run.accounting().rejected() == 0 ? List.of() : ledger.rejections(run.id()),
                    run.accounting().held() == 0 || mode == Mode.PREVIEW || run.state() == RunState.HELD
                            ? Map.of()
                            : ledger.heldBy(run.id()),
                    mode == Mode.PREVIEW ? waiting(run) : Optional.empty(),
                    withQuarantined);
        } catch (InvalidInput refused) {
            throw quotes.of(refused);
        }
    }

    /** Until when the plan waits that is just what this run made: then nobody has to make it. */
    private Optional<Instant> waiting(SyncRun run) {
        return ledger.heldPlan(run.mapping().id())
                .filter(held -> run.plan()
                        .filter(plan -> plan.hash().equals(held.hash()))
                        .isPresent())
                .map(Plan::expires);
    }

    @Override
    public Plan reject(String plan, Decision decision) {
        Plan held = requireHeld(plan);
        ledger.decide(held, Ruling.REJECTED, decision);
        return requirePlan(plan);
    }

    private Plan requireHeld(String hash) {
        Plan plan = requirePlan(hash);
        if (plan.state() != PlanState.HELD) {
            throw new InvalidInput(Problem.of(
                    Code.PLAN_NOT_OPEN,
                    "plan " + plan.hash().substring(0, 12) + " of " + plan.mapping() + " is "
                            + plan.state().name().toLowerCase(Locale.ROOT) + ", not held",
                    "caravan sync " + plan.mapping() + " makes a new plan, or goes on with one that was cut off"));
        }
        return plan;
    }

    private Plan requirePlan(String hash) {
        return ledger.plan(hash)
                .orElseThrow(() -> new InvalidInput(Problem.of(
                        Code.PLAN_UNKNOWN,
                        "no plan, or more than one, starts with '" + hash + "'",
                        "caravan status shows the plans that wait; only sync makes a plan that can be approved")));
    }

    @Override
    public List<MappingStatus> status() {
        return statuses.all();
    }

    @Override
    public List<Run> runs(Optional<MappingId> mapping, int limit) {
        List<Run> found = past.newest(mapping, limit);
        if (found.isEmpty()) {
            mapping.ifPresent(mappings::require);
        }
        return found;
    }

    @Override
    public SyncReport show(long run) {
        return past.report(run);
    }

    @Override
    public List<Refused> refused(long run) {
        return ledger.refused(past.report(run).run());
    }

    @Override
    public Stands rejected(Optional<MappingId> mapping, int limit) {
        Optional<MappingId> only = mapping.map(this::known);
        Stands stands = new Stands(
                ledger.standingReasons(only),
                ledger.standingRows(only, limit),
                doubts.count(only),
                doubts.first(only, limit));
        if (stands.reasons().isEmpty() && stands.inDoubt() == 0) {
            mapping.ifPresent(mappings::require);
        }
        return stands;
    }

    @Override
    public PlanView planView(String plan, int rows) {
        Plan found = requirePlan(plan);
        try (Stream<PlannedWrite> all = ledger.rows(found.run())) {
            return new PlanView(
                    found,
                    all.limit(rows)
                            .map(Masks.of(mappings.find(found.mapping()))::row)
                            .toList());
        }
    }

    @Override
    public List<Sent> record(Optional<MappingId> mapping, String key, boolean unmasked) {
        List<Sent> found = history(mapping, key);
        if (found.isEmpty()) {
            mapping.ifPresent(mappings::require);
        }
        return unmasked
                ? found
                : found.stream()
                        .map(sent -> Masks.of(mappings.find(sent.mapping())).sent(sent))
                        .toList();
    }

    /** Of each mapping by the key as it is, or else as those know it that ignore its case. */
    private List<Sent> history(Optional<MappingId> mapping, String key) {
        List<Sent> found = new ArrayList<>(ledger.history(mapping, key, HISTORY));
        Set<MappingId> exact = found.stream().map(Sent::mapping).collect(Collectors.toSet());
        String folded = ANY_CASE.fold(key);
        if (!folded.equals(key)) {
            ledger.history(mapping, folded, HISTORY).stream()
                    .filter(sent -> !exact.contains(sent.mapping()))
                    .forEach(found::add);
            found.sort(Comparator.comparing(Sent::intended).reversed());
        }
        return found;
    }

    @Override
    public Optional<Pause> pause(Scope scope, Decision decision) {
        return pauses.pause(scope, decision);
    }

    @Override
    public Resumed resume(Scope scope, Decision decision) {
        return pauses.resume(scope, decision);
    }

    @Override
    public List<Pause> pauses() {
        return pauses.all();
    }

    @Override
    public void reset(MappingId mapping, Decision decision) {
        MappingId id = mappings.require(mapping).id();
        runs.between(id, () -> ledger.unfinished(id, 0), () -> {
            // In this order: a snapshot that is gone is made again from the ledger, but one that stayed behind a fresh
            // start of
            // the ledger would never hear of the outcomes before it (invariant I1).
            engine.reset(id);
            ledger.reset(id, decision);
        });
    }

    /** Its id; also of a mapping whose file is gone, for what it left. */
    private MappingId known(MappingId name) {
        return mappings.find(name).map(Mapping::id).orElse(name);
    }

    @Override
    public List<Forgot> forget(Optional<MappingId> mapping, String key, Decision decision) {
        List<Forgot> forgot = forgetter.forget(mapping.map(this::known), key, decision);
        if (forgot.isEmpty()) {
            mapping.ifPresent(mappings::require);
        }
        return forgot;
    }

    @Override
    public Replayed replay(MappingId mapping, Set<String> keys, Optional<OnUnknown> unknown, Decision decision) {
        return replayer.replay(mappings.require(mapping), keys, unknown, decision);
    }

    @Override
    public List<AuditEntry> audit(int limit) {
        return ledger.audit(limit);
    }
}
