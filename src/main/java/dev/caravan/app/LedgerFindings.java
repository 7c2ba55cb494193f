package dev.caravan.app;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Upkeep;
import dev.caravan.ledger.Upkeep.Inspection;
import dev.caravan.run.Run;
import dev.caravan.upkeep.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what the ledger holds can be right (invariants I9 and I18), and whether upkeep is done. Changes nothing. */
final class LedgerFindings {

    /** What is done daily and was not for so long is not done at all. */
    private static final Duration OVERDUE = Duration.ofDays(7);

    private static final int HASH = 16;

    private final Ledger ledger;
    private final Keeper keeper;
    private final InstantSource clock;

    LedgerFindings(Ledger ledger, Keeper keeper, InstantSource clock) {
        this.ledger = ledger;
        this.keeper = keeper;
        this.clock = clock;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        Inspection found = keeper.ledger().inspect();
        List<Upkeep.Flaw> flaws = found.flaws();
        flaws.forEach(flaw -> findings.add(new Finding(flaw.what(), Level.WRONG, flaw.detail() + advice(flaw))));
        if (flaws.stream().noneMatch(flaw -> flaw.what().startsWith("books"))) {
            findings.add(ok("books", "of " + count(found.runs(), "run") + " with rows add up"));
        }
        if (flaws.stream().noneMatch(flaw -> flaw.what().startsWith("plan"))) {
            findings.add(ok(
                    "plans",
                    count(found.plans(), "plan")
                            + " whose rows and values are kept whole have those that their hashes say"));
        }
        if (flaws.stream().noneMatch(flaw -> flaw.what().equals("audit"))) {
            findings.add(ok(
                    "audit",
                    count(found.audit(), "unbroken entry", "unbroken entries") + ", the newest is "
                            + found.head().substring(0, HASH)));
        }
        if (found.orphans() > 0) {
            findings.add(new Finding(
                    "ledger",
                    Level.WARNING,
                    count(found.orphans(), "plan row")
                            + " of runs that ended without a plan; doctor --repair drops them"));
        }
        List<String> leftovers = keeper.snapshots().leftovers();
        if (!leftovers.isEmpty()) {
            findings.add(new Finding(
                    "snapshots",
                    Level.WARNING,
                    "copies that a crash left: " + String.join(", ", leftovers) + "; doctor --repair deletes them"));
        }
        findings.add(upkeep());
        return findings;
    }

    private static String advice(Upkeep.Flaw flaw) {
        return flaw.what().equals("audit")
                ? ": somebody changed the ledger, or its disk did; compare with a backup"
                : ": keep a copy of the state folder, and report it";
    }

    private Finding upkeep() {
        Terms terms = keeper.housekeeping().terms();
        String kept = "journal " + terms.journal().toDays() + " d, values "
                + terms.values().toDays() + " d";
        Instant now = clock.instant();
        Optional<Instant> last = keeper.ledger().lastDone();
        boolean due = last.map(at -> at.isBefore(now.minus(OVERDUE)))
                .orElseGet(() -> ledger.run(1)
                        .map(Run::started)
                        .filter(at -> at.isBefore(now.minus(terms.journal()).minus(OVERDUE)))
                        .isPresent());
        String done = last.map(at -> "last done " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("not done yet");
        return due
                ? new Finding(
                        "upkeep",
                        Level.WARNING,
                        done + ": caravan run does it daily, doctor --repair now (" + kept + ")")
                : ok("upkeep", done + " (" + kept + ")");
    }

    private static Finding ok(String what, String detail) {
        return new Finding(what, Level.OK, detail);
    }

    private static String count(long number, String what) {
        return count(number, what, what + "s");
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
