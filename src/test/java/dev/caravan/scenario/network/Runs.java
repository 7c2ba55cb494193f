package dev.caravan.scenario.network;

import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Batches;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.DeliveryReport;
import dev.caravan.delivery.Driven;
import dev.caravan.delivery.link.Senders;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries;
import dev.caravan.ledger.Deliveries.OpenBatch;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.DedupeKey;
import dev.caravan.plan.LostWrites;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanHash;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.Planned;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.plan.Planner;
import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.recovery.ClosedRun;
import dev.caravan.recovery.Recovery;
import dev.caravan.recovery.SnapshotUpdate;
import dev.caravan.run.Accounting;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import dev.caravan.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The runs of one mapping, made of what a worker has: ledger, recovery, planner, delivery, settlement. Only the routes are missing, and
 * the engine, for which a {@link MemorySnapshot} stands.
 */
final class Runs {

    private final Ledger ledger;
    private final Mapping mapping;
    private final Connection connection;
    private final TargetSchema schema;
    private final String account;
    private final Time time;
    private final MemorySnapshot snapshot;

    Runs(
            Ledger ledger,
            Mapping mapping,
            Connection connection,
            TargetSchema schema,
            String account,
            Time time,
            MemorySnapshot snapshot) {
        this.ledger = ledger;
        this.mapping = mapping;
        this.connection = connection;
        this.schema = schema;
        this.account = account;
        this.time = time;
        this.snapshot = snapshot;
    }

    /**
     * A run that ended.
     *
     * @param books empty if it could not recover, or if it left a job open
     * @param deferred rows certainly not sent; they come back
     */
    record Ended(Optional<Accounting> books, long unknown, long deferred) {

        /** Whether all that it had to do is done, or waits for something else than another run. */
        boolean quiet() {
            return books.map(sums -> sums.planned() == sums.held()).orElse(false) && deferred == 0;
        }
    }

    /** One run from claim to settle. */
    Ended run() {
        Claim.Granted granted =
                (Claim.Granted) ledger.claim(mapping.id(), Trigger.COMMAND, Optional.empty(), List.of());
        Lease lease = granted.lease();
        long run = granted.run();
        Senders senders = connection.senders(account, StopSignal.NEVER, requests -> {});
        try {
            new Recovery(ledger, time.clock())
                    .recover(lease, run, snapshot, this::batchOf, (batch, job) -> resumed(batch, job, senders));
        } catch (EnvironmentFailure later) {
            close(lease, run, Optional.empty(), RunState.FAILED);
            return new Ended(Optional.empty(), 0, 0);
        }
        Plan plan = plan(lease, run);
        List<DeliveryReport> reports = deliver(lease, run, senders);
        SnapshotUpdate.apply(ledger, snapshot, mapping.id());
        long deferred = reports.stream().mapToLong(DeliveryReport::deferred).sum();
        long unknown = reports.stream().mapToLong(DeliveryReport::unknown).sum();
        if (reports.stream().anyMatch(report -> report.open() > 0)) {
            return new Ended(Optional.empty(), unknown, deferred);
        }
        boolean complete = reports.stream().allMatch(report -> report.halt().isEmpty());
        if (complete) {
            ledger.move(lease, plan, PlanState.DELIVERED);
        }
        RunState state = complete ? RunState.DONE : RunState.FAILED;
        return new Ended(Optional.of(close(lease, run, Optional.of(plan), state)), unknown, deferred);
    }

    private Accounting close(Lease lease, long run, Optional<Plan> plan, RunState state) {
        Accounting books = ledger.account(run);
        Run begun = ledger.run(run).orElseThrow();
        ledger.record(lease, ClosedRun.of(begun, plan, state, time.clock().instant(), books, null));
        return books;
    }

    private Batch batchOf(OpenBatch open) {
        return new Batch(
                open.intent().action(),
                open.intent().job(),
                mapping.target().object(),
                mapping.target().keyField(),
                schema,
                open.rows().stream()
                        .map(row -> Write.of(row, dedupeKey(open.run(), row)))
                        .toList());
    }

    private String dedupeKey(long planned, PlannedWrite row) {
        return DedupeKey.of(mapping.id(), account, planned, row);
    }

    private IdempotencyClass idempotencyOfInserts() {
        return mapping.target().operation() == Target.Operation.INSERT
                ? connection.destination().idempotency(inserts())
                : IdempotencyClass.A;
    }

    private Batch inserts() {
        return new Batch(
                Action.INSERT,
                false,
                mapping.target().object(),
                mapping.target().keyField(),
                schema,
                List.of());
    }

    private List<Outcome> resumed(Batch batch, String job, Senders senders) {
        Driven<List<Outcome>> driven = new ConversationDriver(time.sleeper())
                .drive(
                        connection.destination().resume(batch, job),
                        senders.unless(StopSignal.NEVER),
                        StopSignal.NEVER,
                        true,
                        more -> {});
        return switch (driven) {
            case Driven.Finished<List<Outcome>> finished -> finished.result();
            case Driven.LeftOpen<List<Outcome>> open ->
                throw new EnvironmentFailure(Problem.of(Code.DESTINATION_JOB, open.reason(), ""));
        };
    }

    private Plan plan(Lease lease, long run) {
        Set<String> standing = ledger.standing(mapping.id());
        Planner planner = new Planner(
                mapping,
                definition -> mapping.fields(),
                write -> standing.contains(Deliveries.fingerprint(write)),
                new InsertsInDoubt(idempotencyOfInserts(), ledger, mapping.id()),
                (field, value) -> Optional.empty());
        Instant now = time.clock().instant();
        Duration window = connection.destination().spec().zombieWindow();
        LostWrites lost = new LostWrites(ledger.lost(mapping.id(), now.minus(window)));
        List<PlannedWrite> rows = new ArrayList<>();
        snapshot.changes().map(planner::plan).forEach(planned -> {
            if (planned instanceof Planned.Row row) {
                rows.add(lost.judged(row.write()));
            }
        });
        ledger.addRows(lease, run, rows);
        Plan plan = sealed(run, rows, now);
        ledger.seal(lease, plan);
        return plan;
    }

    private Plan sealed(long run, List<PlannedWrite> rows, Instant now) {
        Plan.Base base = new Plan.Base(
                mapping.version(), account + "/network", snapshot.snapshot().generation());
        PlanHash hash = new PlanHash(mapping.id().value(), base);
        rows.forEach(hash::add);
        PlanSummary summary = new PlanSummary(
                snapshot.read(),
                0,
                Map.of(),
                of(rows, Kind.ADD),
                of(rows, Kind.CHANGE),
                of(rows, Kind.REMOVE),
                of(rows, Kind.REMOVE) > 0 ? "delete" : "",
                0,
                0,
                0,
                rows.stream().filter(row -> row.held().isPresent()).count(),
                Map.of(),
                List.of(),
                new PlanSummary.Cost(0, "", -1, -1));
        return new Plan(
                hash.hex(),
                mapping.id(),
                run,
                base,
                mapping.fields().definition(),
                PlanState.OPEN,
                summary,
                List.of(),
                now,
                now.plus(Duration.ofHours(24)));
    }

    private static long of(List<PlannedWrite> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    private List<DeliveryReport> deliver(Lease lease, long run, Senders senders) {
        BatchDelivery delivery = new BatchDelivery(ledger, connection, time, new Random(run));
        Batches batches = new Batches(
                (after, most) -> ledger.rows(run, after, most),
                mapping.target(),
                connection.destination().spec(),
                schema,
                row -> dedupeKey(run, row));
        List<DeliveryReport> reports = new ArrayList<>();
        while (batches.hasNext()) {
            DeliveryReport report = delivery.deliver(lease, run, batches.next(), senders, StopSignal.NEVER);
            reports.add(report);
            if (report.halt().isPresent()) {
                ledger.hold(lease, run, report.halt().get().reason(), ledger.pending(run));
                break;
            }
        }
        return reports;
    }
}
