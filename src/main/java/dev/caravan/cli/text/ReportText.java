package dev.caravan.cli.text;

import dev.caravan.app.SyncReport;
import dev.caravan.app.json.Words;
import dev.caravan.guard.Verdict;
import dev.caravan.ledger.Fate;
import dev.caravan.plan.PlanSummary;
import dev.caravan.plan.PlanSummary.Cost;
import dev.caravan.plan.PlanSummary.FieldChange;
import dev.caravan.plan.PlanSummary.Sample;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.run.Accounting;
import dev.caravan.run.Rejection;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan as a careful person wants to see it before a write, and what became of it. */
public final class ReportText {

    private static final int SAMPLES = 5;

    /** Guards that only measure: where they are well, nobody has to know by how much. */
    private static final Set<String> MEASURING = Set.of(
            "backfill",
            "fresh_within",
            "key_churn",
            "max_changed",
            "max_cleared",
            "max_first_sync",
            "max_removed",
            "min_rows",
            "rows",
            "valid_share");

    private final PrintStream out;
    private final SyncReport report;
    private final boolean allSamples;

    private ReportText(PrintStream out, SyncReport report, boolean allSamples) {
        this.out = out;
        this.report = report;
        this.allSamples = allSamples;
    }

    /** Prints one report; without {@code allSamples} at most five samples. */
    public static void print(PrintStream out, SyncReport report, boolean allSamples) {
        new ReportText(out, report, allSamples).print();
    }

    /** Prints what became of a plan that was shown before. */
    public static void printResult(PrintStream out, SyncReport report) {
        ReportText text = new ReportText(out, report, false);
        text.heading();
        report.guards().stream()
                .filter(verdict -> report.state().equals("held") && verdict instanceof Verdict.Held)
                .forEach(text::verdict);
        text.result();
        text.next();
    }

    private void print() {
        heading();
        rows();
        if (metAPlan()) {
            ownWords().forEach(verdict -> line("now", verdict.detail()));
            line("waits", "the plan of run " + report.planRun() + ", of which is all that follows");
        }
        changes();
        report.summary().ifPresent(this::summary);
        List<Verdict> judged = report.guards().stream()
                .filter(verdict -> !ownWords().contains(verdict))
                .toList();
        if (!judged.isEmpty()) {
            line("guards", "");
            judged(judged);
        }
        result();
        next();
    }

    /** What was delivered passed its guards: which, is one line enough; of a plan everybody wants to see what they measured. */
    private void judged(List<Verdict> verdicts) {
        boolean brief = report.state().equals("done") && !allSamples;
        List<Verdict> told = verdicts.stream()
                .filter(verdict -> !brief || !isMereMeasure(verdict))
                .toList();
        told.forEach(this::verdict);
        if (told.size() < verdicts.size()) {
            out.println("    " + pad("ok", 8)
                    + verdicts.stream()
                            .filter(verdict -> !told.contains(verdict))
                            .map(Verdict::guard)
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Not one that held before, and says by whose word it does not any more. */
    private static boolean isMereMeasure(Verdict verdict) {
        return verdict instanceof Verdict.Allowed allowed
                && MEASURING.contains(allowed.guard())
                && !allowed.detail().contains("allowed");
    }

    private void heading() {
        out.println(report.mapping() + "  " + (report.run() > 0 ? "run " + report.run() + "  " : "") + report.state());
    }

    /** Whether the plan is none of this run's, but waited already: then two readings of the model are told, each by itself. */
    private boolean metAPlan() {
        return report.planRun() != 0 && report.planRun() != report.run();
    }

    /** What this run says of the plan that it met. */
    private List<Verdict> ownWords() {
        return report.guards().stream()
                .filter(verdict -> metAPlan() && verdict.guard().equals("held_plan"))
                .toList();
    }

    private void rows() {
        String reasons = report.summary()
                .filter(summary -> !summary.invalidByReason().isEmpty())
                .map(summary -> " (" + Figures.counts(summary.invalidByReason()) + ")")
                .orElse("");
        line("rows", Figures.count(report.rows()) + " read, " + Figures.count(report.invalid()) + " invalid" + reasons);
    }

    private void changes() {
        String rest = report.summary()
                .map(summary -> "   = " + Figures.count(summary.same()) + " same"
                        + more(summary.left(), "left the model")
                        + more(summary.standing(), "refused before, not planned")
                        + more(summary.held(), "of them held back"))
                .orElse("");
        line(
                "changes",
                "+ " + Figures.count(report.add()) + " added   ~ " + Figures.count(report.change()) + " changed   - "
                        + Figures.count(report.remove()) + " removed" + removal() + rest);
    }

    /** What happens to the removed: a person has to know before they approve. */
    private String removal() {
        return report.summary()
                .map(PlanSummary::removal)
                .filter(word -> !word.isEmpty())
                .map(word -> ": " + word)
                .orElse("");
    }

    private static String more(long count, String what) {
        return count == 0 ? "" : "   " + Figures.count(count) + " " + what;
    }

    private void summary(PlanSummary summary) {
        if (!summary.byField().isEmpty()) {
            line("fields", Figures.counts(summary.byField()));
        }
        int shown = allSamples ? summary.samples().size() : SAMPLES;
        summary.samples().stream().limit(shown).forEach(sample -> sample(summary, sample));
        if (summary.samples().size() > shown) {
            line("", "… " + (summary.samples().size() - shown) + " more with --verbose");
        }
        if (summary.planned() > 0) {
            line("cost", cost(summary.cost()));
        }
    }

    private void sample(PlanSummary summary, Sample sample) {
        String fields = sample.fields().stream().map(ReportText::change).collect(Collectors.joining(", "));
        String cause = switch (sample.cause()) {
            case NEW, MODEL, REMOVED -> "";
            case RETURNED, REKEYED, EDIT, BACKFILL, RENEWED, FOUND, DROPPED -> "  [" + Words.of(sample.cause()) + "]";
            case UNKNOWN ->
                sample.held() == null && summary.held() == 0
                        ? "  [sent again: no answer last time]"
                        : "  [no answer last time]";
        };
        line(
                "",
                sign(sample.kind()) + " " + Figures.printable(sample.key()) + "  "
                        + summary.action(sample).map(action -> action + " ").orElse("") + fields + cause
                        + (sample.held() == null ? "" : "  [held: " + sample.held() + "]"));
    }

    private static String sign(PlannedWrite.Kind kind) {
        return switch (kind) {
            case ADD -> "+";
            case CHANGE -> "~";
            case REMOVE -> "-";
        };
    }

    private static String change(FieldChange change) {
        String before = change.before() == null ? "" : Figures.value(change.before()) + " → ";
        return change.field() + " " + before + Figures.value(change.after());
    }

    private static String cost(Cost cost) {
        if (cost.requests() == 0) {
            return "nothing to send";
        }
        String quota = cost.quotaLimit() < 0
                ? ""
                : " · today's quota " + Figures.count(cost.quotaUsed()) + " → "
                        + Figures.count(cost.quotaUsed() + cost.requests()) + " of "
                        + Figures.count(cost.quotaLimit());
        return requests(cost.requests()) + " · " + cost.strategy() + quota;
    }

    private static String requests(long count) {
        return Figures.count(count) + (count == 1 ? " request" : " requests");
    }

    private void verdict(Verdict verdict) {
        switch (verdict) {
            case Verdict.Allowed allowed -> guard("ok", allowed.guard(), allowed.detail());
            case Verdict.Held held -> guard(wasAllowed() ? "allowed" : "HELD", held.guard(), held.detail());
            case Verdict.Dropped dropped ->
                guard(
                        "dropped",
                        dropped.guard(),
                        dropped.field() + " of " + Figures.count(dropped.rows()) + " rows: " + dropped.detail());
        }
    }

    /** Whether a person let go what was held, and this run took it over. */
    private boolean wasAllowed() {
        return report.fate()
                .flatMap(Fate::run)
                .filter(run -> run == report.run())
                .isPresent();
    }

    private void guard(String word, String guard, String detail) {
        out.println("    " + pad(word, 8) + pad(guard, 18) + detail);
    }

    private void result() {
        if (List.of("done", "failed", "interrupted").contains(report.state())) {
            Accounting end = report.accounting();
            line(
                    "result",
                    Figures.count(end.accepted()) + " accepted · " + Figures.count(end.rejected()) + " rejected · "
                            + Figures.count(end.held()) + " held · " + Figures.count(end.unknown()) + " unknown · "
                            + Figures.count(end.superseded()) + " superseded");
        }
        held();
        rejections();
        comeBack();
        line("took", requests(report.requests()) + ", " + Figures.seconds(report.seconds()));
        if (report.error() != null) {
            line("error", report.error());
        }
    }

    private void held() {
        if (!report.heldBy().isEmpty()) {
            List<String> lines = HeldText.lines(report.mapping(), report.heldBy());
            line("held", lines.getFirst());
            lines.stream().skip(1).forEach(each -> line("", each));
        }
    }

    /** Who is known by something else now is out until then: without a schedule nobody runs that. */
    private void comeBack() {
        long rows = report.summary().map(PlanSummary::comeBack).orElse(0L);
        if (rows > 0 && List.of("done", "planned").contains(report.state())) {
            line("next", HeldText.comeBack(report.mapping(), rows));
        }
    }

    private void rejections() {
        if (report.rejections().isEmpty()) {
            return;
        }
        line("rejected", report.rejections().stream().map(ReportText::rejection).collect(Collectors.joining(" · ")));
        report.rejections()
                .forEach(each -> each.words()
                        .ifPresent(words ->
                                line("", Figures.printable(each.code()) + " says: " + Figures.sentence(words))));
        line(
                "",
                "caravan show " + report.run() + " --rejected lists the keys, caravan record KEY has the whole answer");
    }

    private static String rejection(Rejection rejection) {
        return Figures.count(rejection.rows()) + " " + Figures.printable(rejection.code())
                + (rejection.field() == null ? "" : " (" + Figures.printable(rejection.field()) + ")");
    }

    private void decided(Fate fate) {
        line("plan", report.plan());
        String by = fate.decision()
                .map(decision -> " by " + Figures.printable(decision.who()) + " at " + Figures.at(decision.at())
                        + (decision.why().isEmpty() ? "" : ", \"" + Figures.sentence(decision.why()) + "\""))
                .orElse("");
        if (wasAllowed()) {
            line("approved", by.strip());
            return;
        }
        String then = switch (fate.end()) {
            case APPROVED ->
                fate.run().map(run -> "; run " + run + " took it over").orElse("; not delivered");
            case REJECTED, EXPIRED -> "; nothing of it was sent";
            case SUPERSEDED -> ": a later plan took its place";
        };
        line("since", Words.of(fate.end()) + by + then);
    }

    private boolean heldBy(String guard) {
        return report.guards().stream()
                .anyMatch(verdict ->
                        verdict instanceof Verdict.Held && verdict.guard().equals(guard));
    }

    private boolean sendsNothing() {
        return report.summary().map(summary -> summary.sent() == 0).orElse(false);
    }

    private void next() {
        if (report.plan().isEmpty()) {
            return;
        }
        if (report.fate().isPresent()) {
            decided(report.fate().get());
        } else if (report.state().equals("held") && report.expires().isEmpty()) {
            line("plan", report.plan());
            line(
                    "",
                    "would wait for approval: caravan sync " + report.mapping()
                            + " makes it and holds it, where none waits already");
        } else if (report.state().equals("held") && sendsNothing()) {
            line("held", "it would send nothing and waits for nobody: the next run plans afresh");
            if (heldBy("min_rows")) {
                line("", "where so few rows are right: caravan approve " + Figures.hash(report.plan()));
            }
        } else if (report.state().equals("held")) {
            String hash = Figures.hash(report.plan());
            line(
                    "held",
                    "waits for approval"
                            + report.expires()
                                    .map(at -> " until " + Figures.at(at))
                                    .orElse(""));
            line("", "caravan approve " + hash + "   or   caravan reject " + hash);
        } else {
            line("plan", report.plan());
        }
    }

    private void line(String label, String text) {
        out.println(("  " + pad(label, 9) + text).stripTrailing());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
