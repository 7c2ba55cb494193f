package dev.caravan.scenario.kill.point;

import dev.caravan.app.connect.Opened;
import dev.caravan.connector.salesforce.SalesforceDestination;
import dev.caravan.connector.salesforce.SalesforceLimits;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.ledger.Ledger;
import dev.caravan.scenario.kill.point.SlimWorker.Errand;
import dev.caravan.store.sqlite.SqliteLedger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Slim workers that deliver leads to a sandbox. As a process, one is killed by its parent. */
final class LeadWorker {

    static final int CONCURRENCY = 2;
    static final int BATCH_ROWS = 6;
    private static final int JOB_ROWS = 10;
    private static final int MOST_LOOKS = 20;
    /** What was lost on the last day has landed by the next. */
    private static final Duration ZOMBIE_WINDOW = Duration.ofMillis(20);
    /** A request of a killed process is on its way for as long as it takes: nothing is looked up meanwhile. */
    private static final Duration INSERTS_ON_THEIR_WAY = Duration.ofMinutes(10);

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Time TIME =
            new Time(CLOCK, System::nanoTime, time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000));

    private LeadWorker() {}

    /** Arguments: folder, sandbox, kind, point and which passing of it. */
    public static void main(String[] arguments) {
        Tripwire wire = new Tripwire(arguments[3], Integer.parseInt(arguments[4]));
        try (SlimWorker worker =
                of(Path.of(arguments[0]), URI.create(arguments[1]), Kind.valueOf(arguments[2]), wire)) {
            System.out.println("ended " + worker.run().state());
        }
    }

    /** A worker with a ledger of its own. */
    static SlimWorker of(Path folder, URI sandbox, Kind kind, Tripwire wire) {
        return of(folder, sandbox, kind, wire, SqliteLedger.open(folder.resolve("state/ledger.db"), CLOCK));
    }

    /** As many batches at once as there are in most tests. */
    static SlimWorker of(Path folder, URI sandbox, Kind kind, Tripwire wire, Ledger opened) {
        return of(folder, sandbox, kind, wire, opened, CONCURRENCY);
    }

    static SlimWorker of(Path folder, URI sandbox, Kind kind, Tripwire wire, Ledger opened, int concurrency) {
        Opened target = new Opened(
                new SalesforceDestination(
                        "60.0",
                        "caravan",
                        new SalesforceLimits(BATCH_ROWS, JOB_ROWS, 2_000, 1 << 20, Duration.ofSeconds(20))),
                new SandboxTransport(sandbox, wire),
                new ConnectionLimits(100_000, concurrency, 1));
        Duration zombieWindow = kind == Kind.E ? INSERTS_ON_THEIR_WAY : ZOMBIE_WINDOW;
        return new SlimWorker(folder, new Errand(kind.mapping(), target, zombieWindow, stop(wire), TIME), wire, opened);
    }

    /** Rows are held where a run is stopped: it is, once two batches were begun, if it is to die there. */
    private static StopSignal stop(Tripwire wire) {
        return wire.point().startsWith("hold:")
                ? () -> wire.times("begin:after") >= 2 ? Optional.of("paused") : Optional.empty()
                : StopSignal.NEVER;
    }

    /** Runs on while keys that are taken are to be looked up, which waits until nothing can land any more. */
    static void lookUp(SlimWorker worker, Kind kind) {
        for (int i = 0;
                i < MOST_LOOKS
                        && kind == Kind.B
                        && !worker.ledger().doubts(Kind.MAPPING).isEmpty();
                i++) {
            worker.run();
        }
    }
}
