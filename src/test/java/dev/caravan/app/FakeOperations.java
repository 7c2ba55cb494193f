package dev.caravan.app;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Decisions.AuditEntry;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Deliveries.Refused;
import dev.caravan.ledger.Deliveries.Sent;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import dev.caravan.plan.Plan;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.row.Value;
import dev.caravan.run.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers with {@link Samples} and remembers what it was asked. A mapping {@code no/such} is unknown to it. */
public final class FakeOperations implements Operations {

    public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    public final List<Pause> pauses = Collections.synchronizedList(new ArrayList<>());
    public volatile String state = "done";
    public volatile Runnable whileRunning = () -> {};

    @Override
    public SyncReport plan(MappingId mapping, Progress progress) {
        return running("plan " + mapping, mapping, progress);
    }

    @Override
    public SyncReport invalid(MappingId mapping, Progress progress) {
        return running("invalid " + mapping, mapping, progress);
    }

    @Override
    public SyncReport sync(MappingId mapping, Progress progress) {
        return running("sync " + mapping, mapping, progress);
    }

    @Override
    public SyncReport approve(String plan, Decision decision, Progress progress) {
        return running("approve " + plan + by(decision), Samples.LEADS, progress);
    }

    @Override
    public Plan reject(String plan, Decision decision) {
        asked.add("reject " + plan + by(decision));
        return Samples.plan();
    }

    @Override
    public List<MappingStatus> status() {
        asked.add("status");
        return List.of(Samples.status());
    }

    @Override
    public List<Run> runs(Optional<MappingId> mapping, int limit) {
        asked.add("runs " + mapping.map(MappingId::value).orElse("all") + " " + limit);
        return List.of(Samples.run(212), Samples.run(211));
    }

    @Override
    public SyncReport show(long run) {
        asked.add("show " + run);
        return Samples.report(state);
    }

    @Override
    public List<Refused> refused(long run) {
        asked.add("refused " + run);
        return List.of(new Refused("L1", "REQUIRED_FIELD_MISSING", "Name"), new Refused("L2", "LOCKED", null));
    }

    @Override
    public Stands rejected(Optional<MappingId> mapping, int limit) {
        asked.add("rejected " + mapping.map(MappingId::value).orElse("all") + " " + limit);
        return Samples.stands();
    }

    @Override
    public PlanView planView(String plan, int rows) {
        asked.add("planView " + plan + " " + rows);
        return new PlanView(Samples.plan(), List.of(Samples.write()));
    }

    @Override
    public List<Sent> record(Optional<MappingId> mapping, String key, boolean unmasked) {
        asked.add("record " + key + " of " + mapping.map(MappingId::value).orElse("all"));
        if (key.equals("nobody")) {
            return List.of();
        }
        if (key.equals("elsewhere")) {
            Value known = new Value.Text(unmasked ? "ada@example.com" : HIDDEN);
            return List.of(Samples.sent(Samples.writeUnder(known)));
        }
        if (key.equals("folded")) {
            return List.of(Samples.sent(Samples.writeUnder(new Value.Text(" l1"))));
        }
        return List.of(Samples.sent(
                key.equals("hidden")
                        ? new Outcome.Rejected("DUPLICATE", null, HIDDEN, Outcome.ErrorClass.CONFLICT)
                        : new Outcome.Accepted("00Q1", true)));
    }

    @Override
    public Optional<Pause> pause(Scope scope, Decision decision) {
        known(scope);
        asked.add("pause " + scope.text() + by(decision));
        return pauses.stream().filter(pause -> pause.scope().equals(scope)).findFirst();
    }

    @Override
    public Resumed resume(Scope scope, Decision decision) {
        known(scope);
        asked.add("resume " + scope.text() + by(decision));
        return new Resumed(
                pauses.stream().filter(pause -> pause.scope().equals(scope)).findFirst(),
                pauses.stream().filter(pause -> !pause.scope().equals(scope)).toList());
    }

    @Override
    public List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public void reset(MappingId mapping, Decision decision) {
        known(mapping);
        asked.add("reset " + mapping + by(decision));
    }

    @Override
    public List<Forgot> forget(Optional<MappingId> mapping, String key, Decision decision) {
        asked.add("forget " + key + mapping.map(id -> " of " + id).orElse("") + by(decision));
        return key.equals("L1") ? List.of(Samples.forgot()) : List.of();
    }

    @Override
    public Replayed replay(MappingId mapping, Set<String> keys, Optional<OnUnknown> unknown, Decision decision) {
        known(mapping);
        asked.add("replay " + mapping + " " + new TreeSet<>(keys)
                + unknown.map(word -> " " + word).orElse("") + by(decision));
        return new Replayed(2, keys.contains("L9") ? 1 : 0);
    }

    @Override
    public List<AuditEntry> audit(int limit) {
        asked.add("audit " + limit);
        return List.of(Samples.audit());
    }

    private SyncReport running(String what, MappingId mapping, Progress progress) {
        known(mapping);
        asked.add(what);
        progress.at("deliver", 3, 6);
        whileRunning.run();
        return Samples.report(state);
    }

    private static String by(Decision decision) {
        return " by " + decision.who() + " because " + decision.why();
    }

    private static void known(Scope scope) {
        if (scope instanceof Scope.OnMapping one) {
            known(one.mapping());
        }
    }

    private static void known(MappingId mapping) {
        if (mapping.value().equals("no/such")) {
            throw new InvalidInput(Problem.of(Code.MAPPING_UNKNOWN, "there is no mapping no/such", "caravan status"));
        }
    }
}
