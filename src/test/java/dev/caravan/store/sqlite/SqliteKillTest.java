package dev.caravan.store.sqlite;

import static dev.caravan.ledger.Planned.LEADS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.run.Accounting;
import dev.caravan.run.Trigger;
import dev.caravan.store.sql.SqlLedger;
import dev.caravan.store.sql.db.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL: what was acknowledged is there, nothing is there in part, and the ledger opens again. */
class SqliteKillTest {

    @TempDir
    private Path folder;

    @Test
    void aKilledWriterLosesNothingItAcknowledged() throws IOException, InterruptedException {
        for (int after : new int[] {1, 57, 400}) {
            Path file = folder.resolve("killed-after-" + after + ".db");
            Set<Long> began = new HashSet<>();
            Set<Long> completed = new HashSet<>();
            kill(file, after, began, completed);
            try (Database db = SqliteDatabase.open(file)) {
                Ledger ledger = new SqlLedger(db, InstantSource.fixed(Planned.NOON), new OneProcess());
                assertThat(batches(db, "SELECT id FROM batch")).containsAll(began);
                Set<Long> whole = batches(db, "SELECT batch FROM completion");
                assertThat(whole).containsAll(completed);
                assertThat(db.<Long>read(sql -> sql.number("SELECT count(*) FROM outcome")))
                        .isEqualTo((long) whole.size() * Killed.BATCH);
                assertThat(db.<String>read(sql -> sql.first("PRAGMA integrity_check", row -> row.getString(1))
                                .orElseThrow()))
                        .isEqualTo("ok");

                Claim.Granted next = (Claim.Granted) ledger.claim(LEADS, Trigger.RECOVERY, Optional.empty(), List.of());
                assertThat(ledger.openBatches(LEADS, next.run()))
                        .hasSizeLessThanOrEqualTo(4)
                        .allSatisfy(open -> assertThat(open.rows()).hasSize(Killed.BATCH));
                long killed = ledger.unfinished(LEADS, next.run()).getFirst().id();
                assertThat(ledger.account(killed))
                        .isEqualTo(new Accounting(Killed.ROWS, (long) whole.size() * Killed.BATCH, 0, 0, 0, 0));
            }
        }
    }

    private static void kill(Path file, int after, Set<Long> began, Set<Long> completed)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Killed.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                Set<Long> batches = line.startsWith("began ") ? began : completed;
                batches.add(Long.parseLong(line.substring(line.indexOf(' ') + 1)));
                if (completed.size() >= after) {
                    // Not the process's own method, which would close what is still to be read.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(completed).as("batches acknowledged before the kill").hasSizeGreaterThanOrEqualTo(after);
    }

    private static Set<Long> batches(Database db, String query) {
        return new HashSet<>(db.read(sql -> sql.all(query, row -> row.getLong(1))));
    }
}
