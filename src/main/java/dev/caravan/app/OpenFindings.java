package dev.caravan.app;

import dev.caravan.app.Diagnosis.Finding;
import dev.caravan.app.Diagnosis.Level;
import dev.caravan.ledger.Ledger;
import dev.caravan.mapping.MappingId;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs of a mapping left open: sent rows without an answer and keys in doubt. None of it is wrong, but somebody should know. */
final class OpenFindings {

    private final Ledger ledger;
    private final PastRuns past;
    private final DoubtList doubts;

    OpenFindings(Ledger ledger, PastRuns past, DoubtList doubts) {
        this.ledger = ledger;
        this.past = past;
        this.doubts = doubts;
    }

    List<Finding> of(MappingId mapping) {
        List<Finding> findings = new ArrayList<>();
        past.newest(Optional.of(mapping), 1).stream()
                .filter(run -> run.state() == RunState.INTERRUPTED)
                .forEach(run -> findings.add(cutOff(run)));
        long keys = ledger.unresolvedCount(mapping);
        if (keys > 0) {
            String since = doubts.since(mapping)
                    .map(at -> " since " + at.truncatedTo(ChronoUnit.SECONDS))
                    .orElse("");
            findings.add(new Finding(
                    "doubts of " + mapping,
                    Level.WARNING,
                    keys + (keys == 1 ? " key" : " keys") + " in doubt" + since
                            + ": a request left and nobody answered; caravan rejected " + mapping + " lists them"));
        }
        return findings;
    }

    private Finding cutOff(Run run) {
        long rows = ledger.openRows(run.mapping(), 0);
        String open = rows == 0
                ? "nothing that it sent is without an answer"
                : rows + (rows == 1 ? " row" : " rows") + " had been sent and nobody answered";
        return new Finding(
                "last run of " + run.mapping(),
                Level.WARNING,
                "run " + run.id() + " was cut off; " + open + "; caravan sync " + run.mapping()
                        + ", or a worker that starts, goes on");
    }
}
