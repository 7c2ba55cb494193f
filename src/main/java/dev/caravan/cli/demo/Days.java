package dev.caravan.cli.demo;

import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.cli.Desk;
import dev.caravan.cli.ProgressLine;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The three days, told as they happen. A day that does not end as it must ends the demo with a failure. */
final class Days {

    /** One of the new leads that carry another lead's loyalty number; see {@code ordinary-day.sql}. */
    private static final String REFUSED = "L020001";

    private final Desk desk;
    private final Narrator narrator;
    private final Operations operations;
    private final DemoWarehouse warehouse;
    private final Holdings holdings;
    private final List<SyncReport> reports = new ArrayList<>();

    Days(Desk desk, Narrator narrator, Operations operations, DemoWarehouse warehouse, Holdings holdings) {
        this.desk = desk;
        this.narrator = narrator;
        this.operations = operations;
        this.warehouse = warehouse;
        this.holdings = holdings;
    }

    /** What was run, in order. */
    List<SyncReport> reports() {
        return List.copyOf(reports);
    }

    void first() {
        narrator.heading("Day 1: the first sync");
        narrator.say("""
                The warehouse holds 20,000 scored leads and Salesforce none of them. A first sync of more than 1,000 rows
                is held: a person looks at its plan before anything is sent.""");
        SyncReport held = sync("held");
        narrator.report(held);
        narrator.say("Nothing was sent. The plan reads well, so a person approves it, and exactly its rows go out.");
        String hash = held.plan().substring(0, 12);
        narrator.command("approve " + hash + " --who demo --why \"looked at the first plan\"");
        Decision decision = desk.decision("demo", "looked at the first plan");
        narrator.result(expect("done", run(progress -> operations.approve(held.plan(), decision, progress))));
        narrator.say("The sandbox, which stands in for Salesforce, now holds " + holdings.leads() + " leads.");
        narrator.say("""
                The same warehouse feeds a destination of another kind: the hottest leads, as a file that sales opens in a
                spreadsheet. The file mirrors its model: rows come and go.""");
        beside("done");
    }

    void second() {
        warehouse.ordinaryDay();
        narrator.heading("Day 2: an ordinary day");
        narrator.say("""
                Some scores moved, 60 leads are new, some are gone. Ten rows are broken: three have no key, two share one, and
                five scores are no probabilities. Since an unreadable key may be anybody's, nothing counts as removed today.
                Six of the new leads carry the loyalty number of another lead, which Salesforce refuses. None of that stops
                the others: no guard objects, so the plan goes out at once.""");
        narrator.report(sync("done"));
        narrator.say("Why is " + REFUSED
                + " not in Salesforce? Every record can be explained, with its private fields if asked for:");
        narrator.command("record " + REFUSED + " --unmasked");
        narrator.record(REFUSED, operations.record(Optional.of(DemoWorkspace.MAPPING), REFUSED, true));
        narrator.say(
                "A refusal stands: the row is not sent again until it changes. Nothing is new, so nothing is sent:");
        narrator.report(sync("done"));
        beside("done");
    }

    void third() {
        warehouse.brokenModelDay();
        narrator.heading("Day 3: the model broke");
        narrator.say("""
                Overnight the scoring model was retrained and learnt the wrong thing: every lead is hot. The rows are valid
                one by one; the plan as a whole is not believable, and it is held.""");
        narrator.report(sync("held"));
        narrator.say(
                "Nothing was sent, and nothing will be without a person. When the schedule fires again, the plan stays:");
        narrator.result(sync("held"));
        narrator.say("The sandbox still holds " + holdings.leads() + " leads with the scores of day 2.");
        narrator.say(
                "Each mapping has guards of its own. The file would have grown to everybody, and is held as well:");
        beside("held");
    }

    private SyncReport sync(String end) {
        return sync(DemoWorkspace.MAPPING, end);
    }

    private SyncReport sync(MappingId mapping, String end) {
        narrator.command("sync " + mapping);
        return expect(end, run(progress -> operations.sync(mapping, progress)));
    }

    /** The other destination, and both side by side. */
    private void beside(String end) {
        narrator.result(sync(DemoWorkspace.BESIDE, end));
        narrator.say("Side by side: Salesforce holds " + holdings.leads() + " leads, " + DemoWorkspace.CALL_LIST + " "
                + holdings.calls() + " rows.");
    }

    private SyncReport run(Function<Progress, SyncReport> running) {
        try (ProgressLine line = desk.progress()) {
            return running.apply(line);
        }
    }

    private SyncReport expect(String state, SyncReport report) {
        reports.add(report);
        if (!report.state().equals(state)) {
            narrator.report(report);
            throw new RunFailure(Problem.of(
                    Code.RUN_STOPPED,
                    "the run ended " + report.state() + " where the story needs " + state,
                    "was " + report.mapping() + " edited? The demo tells its story on the mappings as they came"));
        }
        return report;
    }
}
