package dev.caravan.scenario.kill.point;

import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.problem.CaravanException;
import dev.caravan.store.postgres.PostgresLedger;
import dev.caravan.store.postgres.PostgresSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A slim worker that shares its ledger, on PostgreSQL, with others. As a process, its parent stops it and lets it go on too late; it sends
 * one batch at a time, so that nothing but what waits at the point where it stands can be on its way.
 */
final class SharedWorker {

    /** Long enough that a process on a busy machine renews it in time. */
    private static final LeaseTimes TIMES = new LeaseTimes(Duration.ofSeconds(3), Duration.ofMillis(500));

    private SharedWorker() {}

    static Ledger ledger(String address, String schema, String owner) {
        PostgresSettings settings = new PostgresSettings(
                address,
                "jdbc:postgresql://" + address,
                schema,
                () -> "postgres",
                () -> "postgres",
                Duration.ofSeconds(5));
        return PostgresLedger.open(settings, System::nanoTime, InstantSource.system(), owner, TIMES);
    }

    /** Arguments: folder, sandbox, kind, point, which passing of it, address and schema of the ledger. */
    public static void main(String[] arguments) {
        Tripwire wire = new Tripwire(arguments[3], Integer.parseInt(arguments[4]));
        try (SlimWorker worker = LeadWorker.of(
                Path.of(arguments[0]),
                URI.create(arguments[1]),
                Kind.valueOf(arguments[2]),
                wire,
                ledger(arguments[5], arguments[6], "stopped"),
                1)) {
            System.out.println("ended " + worker.run().state());
        } catch (CaravanException e) {
            System.out.println("ended " + e.problems().getFirst().code().text());
        }
    }
}
