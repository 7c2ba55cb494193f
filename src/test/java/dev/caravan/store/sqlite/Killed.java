package dev.caravan.store.sqlite;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Trigger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A process that delivers batches of ten on four threads until it is killed, and says each batch once it is durable. */
final class Killed {

    static final int ROWS = 40_000;
    static final int BATCH = 10;

    private Killed() {}

    public static void main(String[] arguments) throws InterruptedException {
        Ledger ledger = SqliteLedger.open(Path.of(arguments[0]), InstantSource.fixed(Planned.NOON));
        Claim.Granted run = (Claim.Granted) ledger.claim(Planned.LEADS, Trigger.COMMAND, Optional.empty(), List.of());
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, ROWS));
        ledger.seal(run.lease(), Planned.plan(Planned.LEADS, run.run(), "hash", PlanState.OPEN));
        for (int thread = 0; thread < 4; thread++) {
            int first = thread;
            new Thread(() -> deliver(ledger, run, first)).start();
        }
        Thread.currentThread().join();
    }

    private static void deliver(Ledger ledger, Claim.Granted run, int first) {
        for (long from = (long) first * BATCH; from < ROWS; from += 4L * BATCH) {
            long[] ordinals = LongStream.range(from, from + BATCH).toArray();
            long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(ordinals));
            say("began " + batch);
            ledger.complete(
                    run.lease(),
                    batch,
                    LongStream.of(ordinals)
                            .mapToObj(ordinal -> new RowOutcome(ordinal, new Outcome.Accepted("00Q" + ordinal, true)))
                            .toList());
            say("completed " + batch);
        }
    }

    private static synchronized void say(String what) {
        System.out.println(what);
        System.out.flush();
    }
}
