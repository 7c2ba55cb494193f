package dev.caravan.simulation.fake;

import static dev.caravan.ledger.Planned.CONTACTS;
import static dev.caravan.ledger.Planned.LEADS;
import static dev.caravan.ledger.Planned.NOON;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Decisions.Ruling;
import dev.caravan.ledger.Deliveries.Intent;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Lease;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import dev.caravan.plan.PlanState;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.problem.CaravanException;
import dev.caravan.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A seeded history of calls that change a ledger, most of them sensible: the same seed and the same answers give the same calls. */
final class LedgerHistory {

    private static final List<Ruling> RULINGS = List.of(Ruling.values());
    private static final List<Outcome> ENDS = List.of(
            new Outcome.Accepted("00Q1", true),
            new Outcome.Accepted(null, false),
            new Outcome.Unchanged("00Q2"),
            new Outcome.Rejected("BAD", "Email", "bad value", ErrorClass.DATA),
            new Outcome.Rejected("DUP", null, "taken", ErrorClass.CONFLICT),
            new Outcome.Rejected("LOCK", null, "locked", ErrorClass.TRANSIENT),
            new Outcome.Deferred("busy", Optional.of(NOON)),
            new Outcome.Unknown("timeout"),
            new Outcome.Unknown("reset"));

    private static final int ROWS = 8;
    private static final String COMPLETED = "completed";

    private final Random random;
    private final List<Claim.Granted> runs = new ArrayList<>();
    private final List<Begun> batches = new ArrayList<>();
    private final Deque<Call> following = new ArrayDeque<>();
    private Instant now = NOON;
    private Claim.@Nullable Granted approved;
    private @Nullable Begun completing;

    LedgerHistory(Random random) {
        this.random = random;
    }

    /** A call by its name in the port. */
    record Call(String name, Function<Ledger, Object> body) {

        /** What it answered, or how it was refused. */
        Object on(Ledger ledger) {
            try {
                return body.apply(ledger);
            } catch (CaravanException refused) {
                return refused.problems().getFirst().code();
            } catch (IllegalStateException | IllegalArgumentException refused) {
                return "refused";
            }
        }
    }

    private record Begun(Claim.Granted run, List<Long> ordinals, long batch) {}

    /** The moment of the next call. */
    Instant now() {
        return now;
    }

    /** The runs granted so far. */
    List<Long> granted() {
        return runs.stream().map(Claim.Granted::run).toList();
    }

    /** The next call; time goes on, at times by hours. */
    Call next() {
        now = now.plusSeconds(random.nextInt(8) == 0 ? 4_000 : random.nextInt(30));
        if (!following.isEmpty()) {
            return following.poll();
        }
        if (runs.isEmpty()) {
            return claim();
        }
        return switch (random.nextInt(26)) {
            case 0, 1, 2, 3 -> claim();
            case 4 -> rewriteRows();
            case 5 -> random.nextBoolean() ? dropRows() : addRows(run());
            case 6 -> seal(run(), random.nextBoolean() ? PlanState.HELD : PlanState.OPEN);
            case 7 -> begin(run());
            case 8 -> adopt(run(), run());
            case 9 -> move();
            case 10, 11, 12, 13, 14 -> begin(run());
            case 15 -> remember();
            case 16, 17, 18, 19 -> complete();
            case 20 -> completeAll();
            case 21 -> random.nextBoolean() ? hold() : found();
            case 22 -> supersedeUnsent();
            case 23 -> schemaOrUnresolved();
            case 24 -> decide();
            default -> people();
        };
    }

    /** Learns from the answer to the call that {@link #next} gave last. */
    void answered(Object answer) {
        if (answer instanceof Claim.Granted granted) {
            runs.add(granted);
            plan(granted);
        } else if (answer instanceof Begun begun) {
            batches.add(begun);
        } else if (answer.equals(COMPLETED) && random.nextInt(6) > 0) {
            batches.remove(completing);
        }
    }

    /** Most runs make a plan and begin to deliver it; one that is held is often approved and adopted by the next run. */
    private void plan(Claim.Granted run) {
        Claim.Granted from = approved;
        approved = null;
        if (from != null) {
            following.add(adopt(run, from));
            following.add(begin(run));
        } else if (random.nextInt(6) == 0) {
            following.add(addRows(run));
            following.add(dropRows());
        } else {
            boolean held = random.nextBoolean();
            following.add(addRows(run));
            if (random.nextInt(3) == 0) {
                following.add(rewriteRows());
            }
            following.add(seal(run, held ? PlanState.HELD : PlanState.OPEN));
            if (!held) {
                following.add(begin(run));
                following.add(begin(run));
                following.add(begin(run));
            } else if (random.nextInt(3) > 0 && run.lease().mapping().equals(LEADS)) {
                approved = run;
                following.add(decide());
                following.add(claim());
            }
        }
    }

    private Call claim() {
        MappingId mapping = approved == null && random.nextInt(4) == 0 ? CONTACTS : LEADS;
        Trigger trigger = List.of(Trigger.values()).get(random.nextInt(Trigger.values().length));
        Optional<Instant> fire =
                random.nextInt(4) > 0 ? Optional.empty() : Optional.of(NOON.plusSeconds(random.nextInt(9)));
        List<Long> alive = runs.isEmpty() || random.nextInt(4) > 0
                ? List.of()
                : List.of(runs.getLast().run());
        return new Call("claim", ledger -> ledger.claim(mapping, trigger, fire, alive));
    }

    /** Mostly one of the newest runs, so that something comes of it. */
    private Claim.Granted run() {
        int back = random.nextInt(6) == 0 ? random.nextInt(runs.size()) : 0;
        return runs.get(runs.size() - 1 - back);
    }

    private Lease lease(Claim.Granted run) {
        return random.nextInt(20) == 0
                ? new Lease(run.lease().mapping(), run.lease().epoch() + 1)
                : run.lease();
    }

    private Call addRows(Claim.Granted run) {
        Lease lease = lease(run);
        List<PlannedWrite> rows =
                LongStream.range(random.nextInt(2), ROWS).mapToObj(this::row).toList();
        return new Call("addRows", ledger -> done(() -> ledger.addRows(lease, run.run(), rows)));
    }

    private PlannedWrite row(long ordinal) {
        Long hash = random.nextInt(6) == 0 ? null : ordinal + random.nextInt(2);
        Optional<String> held = random.nextInt(6) == 0 ? Optional.of("guard") : Optional.empty();
        return Planned.row(ordinal, List.of(Kind.values()).get(random.nextInt(3)), hash, held);
    }

    private Call rewriteRows() {
        Claim.Granted run = run();
        boolean hold = random.nextBoolean();
        return new Call(
                "rewriteRows",
                ledger -> done(() -> ledger.rewriteRows(
                        run.lease(),
                        run.run(),
                        Set.of("Email"),
                        row -> hold && row.ordinal() > 5
                                ? row.holdFor("guard")
                                : Planned.row(row.ordinal(), Kind.CHANGE))));
    }

    private Call dropRows() {
        Claim.Granted run = run();
        return new Call("dropRows", ledger -> done(() -> ledger.dropRows(run.lease(), run.run())));
    }

    private String hash() {
        return List.of("aa", "ab", "ba").get(random.nextInt(3));
    }

    private Call seal(Claim.Granted run, PlanState state) {
        Lease lease = lease(run);
        Plan plan = Planned.plan(run.lease().mapping(), run.run(), hash(), state);
        return new Call("seal", ledger -> done(() -> ledger.seal(lease, plan)));
    }

    private Call adopt(Claim.Granted run, Claim.Granted from) {
        return new Call(
                "adopt",
                ledger -> done(() -> ledger.adopt(
                        run.lease(),
                        from.run(),
                        Planned.plan(
                                run.lease().mapping(),
                                run.run(),
                                ledger.planOfRun(from.run()).map(Plan::hash).orElse("none"),
                                PlanState.OPEN))));
    }

    private Call move() {
        Claim.Granted run = run();
        PlanState state = List.of(PlanState.OPEN, PlanState.DELIVERED, PlanState.SUPERSEDED, PlanState.EXPIRED)
                .get(random.nextInt(4));
        return new Call(
                "move",
                ledger -> ledger.planOfRun(run.run())
                        .map(plan -> done(() -> ledger.move(run.lease(), plan, state)))
                        .orElse("none"));
    }

    private Call begin(Claim.Granted run) {
        Lease lease = lease(run);
        List<Long> ordinals =
                random.longs(1 + random.nextInt(2), 0, ROWS).boxed().distinct().toList();
        Intent intent = random.nextInt(3) == 0
                ? Planned.job(ordinals.stream().mapToLong(Long::longValue).toArray())
                : Planned.upsert(ordinals.stream().mapToLong(Long::longValue).toArray());
        return new Call("begin", ledger -> new Begun(run, ordinals, ledger.begin(lease, run.run(), intent)));
    }

    private Call remember() {
        if (batches.isEmpty()) {
            return claim();
        }
        Begun begun = batches.getLast();
        String job = "750" + random.nextInt(9);
        Lease lease = newest(begun.run());
        return new Call("remember", ledger -> done(() -> ledger.remember(lease, begun.batch(), job)));
    }

    /** The newest of a run's mapping. */
    private Lease newest(Claim.Granted run) {
        return runs.reversed().stream()
                .map(Claim.Granted::lease)
                .filter(lease -> lease.mapping().equals(run.lease().mapping()))
                .findFirst()
                .orElseThrow();
    }

    private Call complete() {
        if (batches.isEmpty()) {
            return claim();
        }
        Begun begun = batches.get(random.nextInt(batches.size()));
        completing = begun;
        Lease lease = random.nextInt(5) > 0 ? newest(begun.run()) : begun.run().lease();
        List<RowOutcome> outcomes = new ArrayList<>();
        begun.ordinals()
                .forEach(ordinal -> outcomes.add(new RowOutcome(ordinal, ENDS.get(random.nextInt(ENDS.size())))));
        if (random.nextInt(10) == 0) {
            outcomes.removeLast();
        }
        return new Call("complete", ledger -> {
            ledger.complete(lease, begun.batch(), outcomes);
            return COMPLETED;
        });
    }

    private Call found() {
        Claim.Granted run = run();
        long ordinal = random.nextInt(ROWS);
        Outcome outcome =
                random.nextInt(4) > 0 ? new Outcome.Unchanged("00Q" + ordinal) : ENDS.get(random.nextInt(ENDS.size()));
        Lease lease = lease(run);
        return new Call(
                "found",
                ledger -> done(() -> ledger.found(
                        lease, run.run(), Planned.upsert(ordinal), List.of(new RowOutcome(ordinal, outcome)))));
    }

    /** What is answered for already makes the whole of it fail. */
    private Call completeAll() {
        if (batches.isEmpty()) {
            return claim();
        }
        Begun first = batches.getLast();
        Begun second = random.nextBoolean() ? first : batches.get(random.nextInt(batches.size()));
        List<Long> some = Stream.of(first.batch(), second.batch()).distinct().toList();
        Outcome outcome = ENDS.get(random.nextInt(ENDS.size()));
        Lease lease = random.nextInt(5) > 0 ? newest(first.run()) : first.run().lease();
        return new Call("completeAll", ledger -> ledger.completeAll(lease, some, outcome));
    }

    private Call hold() {
        Claim.Granted run = run();
        List<Long> ordinals = List.of((long) random.nextInt(ROWS));
        return new Call("hold", ledger -> done(() -> ledger.hold(run.lease(), run.run(), "quota", ordinals)));
    }

    private Call supersedeUnsent() {
        Claim.Granted run = run();
        Lease lease = newest(run);
        return new Call("supersedeUnsent", ledger -> done(() -> ledger.supersedeUnsent(lease, run.run())));
    }

    private Call schemaOrUnresolved() {
        Lease lease = run().lease();
        int number = random.nextInt(3);
        return random.nextBoolean()
                ? new Call("schema", ledger -> done(() -> ledger.schema(lease, "v" + number)))
                : new Call("unresolved", ledger -> done(() -> ledger.unresolved(lease, number)));
    }

    private Call decide() {
        Ruling ruling = RULINGS.get(random.nextInt(RULINGS.size()));
        Decision decision = new Decision("ada", "looked", said());
        return new Call(
                "decide",
                ledger -> ledger.heldPlan(LEADS)
                        .map(plan -> done(() -> ledger.decide(plan, ruling, decision)))
                        .orElse("none"));
    }

    private Call people() {
        Decision decision = new Decision("bob", "", said());
        Instant later = now.plus(Duration.ofHours(random.nextInt(24)));
        Scope scope = random.nextBoolean() ? new Scope.All() : new Scope.OnMapping(LEADS);
        return switch (random.nextInt(6)) {
            case 0 -> new Call("pause", ledger -> ledger.pause(scope, decision));
            case 1 -> new Call("resume", ledger -> ledger.resume(scope, decision));
            case 2 -> new Call("reset", ledger -> done(() -> ledger.reset(LEADS, decision)));
            default -> new Call("expire", ledger -> ledger.expire(later));
        };
    }

    /** People's clocks are wrong by days at times. */
    private Instant said() {
        return random.nextInt(3) > 0 ? now : now.plus(Duration.ofHours(random.nextInt(-50, 50)));
    }

    private static Object done(Runnable call) {
        call.run();
        return "done";
    }
}
