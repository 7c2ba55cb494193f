package dev.caravan.simulation.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.Ledger;
import dev.caravan.problem.Code;
import dev.caravan.row.Seed;
import dev.caravan.store.sqlite.SqliteLedger;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger in memory answers as the one on disk does, whatever was asked of both before. */
class MemoryLedgerLikenessTest {

    private static final int HISTORIES = Integer.getInteger("caravan.histories", 2);
    private static final int CALLS = 120;

    @TempDir
    Path folder;

    private final Map<String, Integer> done = new TreeMap<>();

    @Test
    void bothAnswerAlikeThroughRandomHistories() {
        Random seeds = Seed.random();
        for (int history = 0; history < HISTORIES; history++) {
            compare(new LedgerHistory(new Random(seeds.nextLong())), history);
        }
        System.out.println("MemoryLedgerLikenessTest " + Seed.text(0) + ": calls that were not refused " + done);
        assertThat(done).containsKeys("claim", "addRows", "seal", "begin", "complete");
    }

    private void compare(LedgerHistory history, int attempt) {
        try (Ledger real = SqliteLedger.open(folder.resolve(attempt + "/ledger.db"), history::now);
                Ledger fake = new MemoryLedger(new MemoryLedger.Disk(), history::now, CommitHook.NONE)) {
            for (int i = 0; i < CALLS; i++) {
                LedgerHistory.Call call = history.next();
                Object expected = call.on(real);
                String as = Seed.text(attempt) + ", call " + i + " " + call.name();
                assertThat(call.on(fake)).as(as).isEqualTo(expected);
                history.answered(expected);
                if (!expected.equals("refused") && !expected.equals("none") && !(expected instanceof Code)) {
                    done.merge(call.name(), 1, Integer::sum);
                }
                if (i % 12 == 11) {
                    alike(LedgerView.of(real, history.granted(), history.now()), fake, history, as);
                }
            }
        }
    }

    private static void alike(Map<String, Object> expected, Ledger fake, LedgerHistory history, String as) {
        Map<String, Object> found = LedgerView.of(fake, history.granted(), history.now());
        expected.forEach((question, answer) ->
                assertThat(found.get(question)).as(as + ": " + question).isEqualTo(answer));
    }
}
