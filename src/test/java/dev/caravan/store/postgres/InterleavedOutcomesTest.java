package dev.caravan.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.Outcome;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Deliveries.Recorded;
import dev.caravan.ledger.Deliveries.RowOutcome;
import dev.caravan.ledger.LeaseTimes;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.PlanState;
import dev.caravan.run.Trigger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two mappings that record at once take numbers in turns, and each still has its own outcomes alone. */
class InterleavedOutcomesTest {

    private static final int ROWS = 20;
    private static final Outcome CREATED = new Outcome.Accepted("00Q", true);
    private static final Outcome LOST = new Outcome.Unknown("timeout");

    private final PostgresSettings settings = PostgresServer.fresh();

    @Test
    void aMappingsOutcomesAreItsOwn() throws Exception {
        try (Ledger ledger = PostgresLedger.open(
                        settings,
                        System::nanoTime,
                        InstantSource.system(),
                        "me",
                        new LeaseTimes(Duration.ofMinutes(1), Duration.ofSeconds(10)));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            // Each number takes its time, so that the two transactions are certainly at it together.
            PostgresServer.run(
                    settings,
                    "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END$$;"
                            + " CREATE TRIGGER slow BEFORE INSERT ON outcome FOR EACH ROW EXECUTE FUNCTION slow()");
            CyclicBarrier together = new CyclicBarrier(2);
            Future<?> one = threads.submit(() -> deliver(ledger, Planned.LEADS, CREATED, together));
            Future<?> two = threads.submit(() -> deliver(ledger, Planned.CONTACTS, LOST, together));
            one.get();
            two.get();

            List<Recorded> leads = outcomes(ledger, Planned.LEADS);
            List<Recorded> contacts = outcomes(ledger, Planned.CONTACTS);
            assertThat(leads.getFirst().seq()).isLessThan(contacts.getLast().seq());
            assertThat(contacts.getFirst().seq()).isLessThan(leads.getLast().seq());
            assertThat(leads)
                    .hasSize(ROWS)
                    .allMatch(recorded -> recorded.outcome().equals(CREATED));
            assertThat(contacts)
                    .hasSize(ROWS)
                    .allMatch(recorded -> recorded.outcome().equals(LOST));
        }
    }

    private static boolean deliver(Ledger ledger, MappingId mapping, Outcome outcome, CyclicBarrier together)
            throws Exception {
        Claim.Granted run = (Claim.Granted) ledger.claim(mapping, Trigger.COMMAND, Optional.empty(), List.of());
        ledger.addRows(run.lease(), run.run(), Planned.rows(0, ROWS));
        ledger.seal(run.lease(), Planned.plan(mapping, run.run(), "hash " + mapping, PlanState.OPEN));
        long[] ordinals = LongStream.range(0, ROWS).toArray();
        long batch = ledger.begin(run.lease(), run.run(), Planned.upsert(ordinals));
        together.await();
        ledger.complete(
                run.lease(),
                batch,
                LongStream.of(ordinals)
                        .mapToObj(ordinal -> new RowOutcome(ordinal, outcome))
                        .toList());
        return true;
    }

    private static List<Recorded> outcomes(Ledger ledger, MappingId mapping) {
        try (Stream<Recorded> all = ledger.outcomesAfter(mapping, 0)) {
            return all.toList();
        }
    }
}
