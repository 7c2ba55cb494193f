package dev.caravan.scenario.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.SyncReport;
import dev.caravan.scenario.TestBed;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The same where records are made and taken away, and rows get other keys. */
abstract class DeclaredScenario extends HonestScenario {

    /** Why a row whose key changes is held; empty where its record follows, or makes way for the one of the new key. */
    Optional<String> staysFor() {
        return Optional.empty();
    }

    /** A row's key at the destination is another from one run to the next, as if the model did not know it for its own. */
    @Test
    void whatGetsAnotherKeyIsThereOnce() {
        try (TestBed bed = bed("number")) {
            Map<Integer, Row> rows = new TreeMap<>();
            for (int number = 1; number <= 6; number++) {
                rows.put(number, row(number, "Ann"));
            }
            rewritten(bed, rows);
            rows.put(5, row(rows() + 1, "Ann"));
            rewritten(bed, rows);
            rows.put(5, row(rows() + 1, "Bob"));
            rewritten(bed, rows);
            rows.put(4, row(4, "Bob"));
            rewritten(bed, rows);
        }
    }

    /** Runs until no more is left to do than what is held. What makes way in one run is written in the next. */
    private void rewritten(TestBed bed, Map<Integer, Row> rows) {
        Row another = row(rows() + 1, "");
        StringBuilder lines = new StringBuilder("number,id,email,name\n");
        Map<String, String> wanted = new TreeMap<>();
        Map<String, Long> held = new TreeMap<>();
        rows.forEach((number, row) -> {
            lines.append("%d,%s,%s,%s%n".formatted(number, row.id(), row.email(), row.name()));
            Optional<String> stays = staysFor().filter(reason -> row.id().equals(another.id()));
            Row there = stays.isPresent() ? row(number, "Ann") : row;
            stays.ifPresent(reason -> held.put(reason, 1L));
            wanted.put(there.id(), there.name());
        });
        bed.write("data/rows.csv", lines.toString());
        for (int run = 1; run <= MOST_RUNS; run++) {
            SyncReport report = bed.settle();
            assertThat(report.accounting().rejected()).isZero();
            bed.pass(BETWEEN_RUNS);
            bed.sandbox().clock().advance(BETWEEN_RUNS);
            if (report.accounting().planned() == held.size()) {
                assertThat(report.heldBy()).isEqualTo(held);
                assertThat(held(bed.sandbox())).containsExactlyInAnyOrderElementsOf(records(wanted));
                return;
            }
        }
        throw new AssertionError("not settled after " + MOST_RUNS + " runs");
    }
}
