package dev.caravan.simulation.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.row.Seed;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A crash before a commit leaves the disk exactly as it was, one after it exactly as if there had been none. */
class MemoryLedgerCrashTest {

    private static final int HISTORIES = 20;
    private static final int CALLS = 150;

    private final Set<String> crashed = new TreeSet<>();
    private boolean before;
    private boolean after;

    /** The end of a process. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final CommitHook crashing = new CommitHook() {
        @Override
        public void beforeCommit(String call) {
            if (before) {
                crashed.add(call);
                throw new Crash();
            }
        }

        @Override
        public void afterCommit(String call) {
            if (after) {
                throw new Crash();
            }
        }
    };

    @Test
    void everyCallIsAllOrNothing() {
        Random seeds = Seed.random();
        for (int attempt = 0; attempt < HISTORIES; attempt++) {
            crash(new LedgerHistory(new Random(seeds.nextLong())), attempt);
        }
        assertThat(crashed)
                .contains(
                        "claim",
                        "addRows",
                        "rewriteRows",
                        "dropRows",
                        "seal",
                        "adopt",
                        "move",
                        "begin",
                        "remember",
                        "complete",
                        "found",
                        "hold",
                        "supersedeUnsent",
                        "schema",
                        "unresolved",
                        "decide",
                        "expire",
                        "pause",
                        "resume",
                        "reset");
    }

    private void crash(LedgerHistory history, int attempt) {
        MemoryLedger.Disk disk = new MemoryLedger.Disk();
        MemoryLedger.Disk twin = new MemoryLedger.Disk();
        MemoryLedger undisturbed = new MemoryLedger(twin, history::now, CommitHook.NONE);
        for (int i = 0; i < CALLS; i++) {
            LedgerHistory.Call call = history.next();
            String as = Seed.text(attempt) + ", call " + i + " " + call.name();
            Map<String, Object> held = disk.contents();
            before = true;
            boolean commits = crashes(call, new MemoryLedger(disk, history::now, crashing));
            before = false;
            assertThat(disk.contents()).as(as).isEqualTo(held);
            Object answer = call.on(undisturbed);
            after = true;
            boolean crashes = crashes(call, new MemoryLedger(disk, history::now, crashing));
            after = false;
            assertThat(crashes).as(as).isEqualTo(commits);
            assertThat(disk.contents()).as(as).isEqualTo(twin.contents());
            history.answered(answer);
        }
    }

    private static boolean crashes(LedgerHistory.Call call, MemoryLedger ledger) {
        try {
            call.on(ledger);
            return false;
        } catch (Crash crash) {
            return true;
        }
    }

    @Test
    void aClosedLedgerRefusesEverythingAndTheDiskGoesOn() {
        LedgerHistory history = new LedgerHistory(new Random(1));
        MemoryLedger.Disk disk = new MemoryLedger.Disk();
        MemoryLedger dead = new MemoryLedger(disk, history::now, CommitHook.NONE);
        LedgerHistory.Call claim = history.next();
        Object granted = claim.on(dead);
        dead.close();
        assertThatThrownBy(dead::lastSeq).isInstanceOf(IllegalStateException.class);
        assertThat(claim.on(dead)).isEqualTo("refused");
        assertThat(claim.on(new MemoryLedger(disk, history::now, CommitHook.NONE)))
                .isNotEqualTo("refused")
                .isNotEqualTo(granted);
    }
}
