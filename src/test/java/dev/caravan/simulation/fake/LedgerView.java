package dev.caravan.simulation.fake;

import static dev.caravan.ledger.Planned.CONTACTS;
import static dev.caravan.ledger.Planned.LEADS;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything a ledger tells, by the question. */
final class LedgerView {

    private static final int ALL = 10_000;

    private LedgerView() {}

    static Map<String, Object> of(Ledger ledger, List<Long> runs, Instant now) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (long run : runs) {
            ofRun(ledger, run, view);
            view.put("covered by " + run, ledger.coveredBy(runs.getLast(), run));
            view.put("removals back since " + run, ledger.removalsBack(runs.getLast(), run));
        }
        for (MappingId mapping : List.of(LEADS, CONTACTS)) {
            ofMapping(ledger, mapping, now, view);
        }
        for (String prefix : List.of("a", "aa", "b", "c")) {
            view.put("plan " + prefix, ledger.plan(prefix));
        }
        for (long key = 0; key < 4; key++) {
            view.put(
                    "history " + key,
                    ledger.history(Optional.empty(), Planned.key(key).display(), ALL));
        }
        view.put("runs", ledger.runs(Optional.empty(), ALL));
        view.put("pauses", ledger.pauses());
        view.put("audit", ledger.audit(ALL));
        return view;
    }

    private static void ofRun(Ledger ledger, long run, Map<String, Object> view) {
        view.put("run " + run, ledger.run(run));
        view.put("rows " + run, all(() -> ledger.rows(run)));
        view.put("pending " + run, ledger.pending(run));
        view.put("account " + run, ledger.account(run));
        view.put("rejections " + run, ledger.rejections(run));
        view.put("refused " + run, ledger.refused(run));
        Optional<Plan> plan = ledger.planOfRun(run);
        view.put("plan of " + run, plan);
        view.put("plan up to " + run, ledger.planUpTo(run, "aa"));
        plan.ifPresent(known ->
                view.put("fate " + run, new LedgerHistory.Call("fate", any -> any.fate(known)).on(ledger)));
    }

    private static void ofMapping(Ledger ledger, MappingId mapping, Instant now, Map<String, Object> view) {
        view.put("runs of " + mapping, ledger.runs(Optional.of(mapping), 3));
        view.put("unfinished " + mapping, ledger.unfinished(mapping, 2));
        view.put("held " + mapping, ledger.heldPlan(mapping));
        view.put("open " + mapping, ledger.openBatches(mapping, 3));
        for (long minutes : new long[] {1, 30, 61, 180}) {
            Instant moment = now.minus(Duration.ofMinutes(minutes));
            view.put("lost " + minutes + mapping, ledger.lost(mapping, moment));
            view.put("last before " + minutes + mapping, ledger.lastRunBefore(mapping, moment));
        }
        view.put("doubts " + mapping, ledger.doubts(mapping));
        view.put("target " + mapping, ledger.target(mapping));
        view.put("after 0 " + mapping, all(() -> ledger.outcomesAfter(mapping, 0)));
        view.put("after 9 " + mapping, all(() -> ledger.outcomesAfter(mapping, 9)));
        view.put("standing " + mapping, ledger.standing(mapping));
        view.put("standing count " + mapping, ledger.standingCount(mapping));
        view.put("unresolved " + mapping, ledger.unresolvedCount(mapping));
    }

    private static <T> List<T> all(Supplier<Stream<T>> asking) {
        try (Stream<T> stream = asking.get()) {
            return stream.toList();
        }
    }
}
