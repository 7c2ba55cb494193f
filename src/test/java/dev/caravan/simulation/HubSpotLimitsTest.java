package dev.caravan.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.app.connect.DeclaredUse;
import dev.caravan.connector.declared.Bed;
import dev.caravan.delivery.BatchDelivery;
import dev.caravan.delivery.Connection;
import dev.caravan.delivery.ConversationDriver;
import dev.caravan.delivery.Driven;
import dev.caravan.delivery.FakeBooks;
import dev.caravan.delivery.MemorySpending;
import dev.caravan.delivery.References;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.StopSignal;
import dev.caravan.delivery.link.Time;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Described;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import dev.caravan.mapping.Lookup;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite.Kind;
import dev.caravan.row.Value;
import dev.caravan.simulation.DistantPortal.Arrival;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A hundred thousand changes through one connection to HubSpot, several batches of two runs at once, in virtual time: no window is ever
 * overrun, wherever one lets it begin, and it is used.
 */
class HubSpotLimitsTest {

    private static final long SEED = 20_261_123;
    private static final int CHANGES = 100_000;
    private static final int ROWS = 100;
    private static final int HANDS = 6;
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int SEARCHES = 4;
    private static final double USED = 0.95;

    private final Scheduler scheduler = new Scheduler(new Random(SEED));
    private final Host host = new Host("worker");
    private final FakeBooks books = new FakeBooks();
    private final DistantPortal portal = new DistantPortal(scheduler, host, new Random(SEED), 60);
    private final Time time = new Time(
            () -> scheduler.clock(host), scheduler::now, scheduler::sleep, () -> new VirtualMonitor(scheduler));

    private Connection connection(String tier, int most) {
        portal.portal.settings().change(Map.of("burst", most));
        Map<String, String> settings = Map.of("tier", tier);
        return new Connection(
                "crm",
                Bed.own("hubspot", settings),
                portal,
                DeclaredUse.of("hubspot", settings),
                new MemorySpending(),
                time,
                new Random(SEED),
                DeliveryMeters.NONE);
    }

    @ParameterizedTest
    @CsvSource({"free,100", "professional,190"})
    void aHundredThousandChangesGoAsFastAsTheyMayAndNoFaster(String tier, int most) {
        deliver(connection(tier, most));
        assertThat(books.last.values()).hasSize(CHANGES).allMatch(Outcome.Accepted.class::isInstance);
        assertThat(portal.portal.counts()).containsEntry("contacts", CHANGES);
        kept(most);
        assertThat(used(most, WINDOW)).as("share of what is allowed").isGreaterThan(USED);
    }

    /** Others have a share of the day too: the headers tell what is left. */
    @Test
    void noMoreOfTheDayIsUsedThanOurShare() {
        Connection connection = connection("free", 100);
        portal.portal.settings().change(Map.of("daily", 200));
        deliver(connection);
        kept(100);
        double share = ConnectionLimits.DEFAULT.dailyQuotaShare();
        assertThat(portal.arrivals.size()).isBetween((int) (200 * share), (int) (200 * share) + HANDS);
        assertThat(books.last.values().stream().filter(Outcome.Accepted.class::isInstance))
                .hasSize(portal.portal.counts().get("contacts"));
    }

    private void deliver(Connection connection) {
        scheduler.run(host, () -> {
            TargetSchema schema = contacts(connection);
            hands(CHANGES / ROWS, run -> {
                StopSignal stop = stop();
                BatchDelivery delivery = new BatchDelivery(books, connection, time, new Random(SEED));
                return number -> delivery.deliver(
                                FakeBooks.LEASE,
                                run,
                                batch(number, schema),
                                connection.senders("", stop, count -> {}),
                                stop)
                        .halt()
                        .isEmpty();
            });
        });
    }

    /** Ids of records that only a search finds, asked for by several hands at once. */
    @ParameterizedTest
    @CsvSource({"free,100", "professional,190"})
    void searchesKeepTheirOwnLimit(String tier, int most) {
        Connection connection = connection(tier, most);
        AtomicInteger searches = new AtomicInteger();
        scheduler.run(
                host,
                () -> hands(24, run -> {
                    StopSignal stop = stop();
                    References references = new References(connection, new ConversationDriver(time.sleeper()));
                    return number -> searches.addAndGet(references
                                    .resolve(
                                            batch(number, new TargetSchema("contacts", List.of())),
                                            Map.of("firstname", new Lookup("companies", "domain")),
                                            connection.sender("", stop, count -> {}),
                                            stop)
                                    .requests())
                            > 0;
                }));
        assertThat(searches).hasValue(portal.arrivals.size());
        kept(most);
        assertThat(used(SEARCHES, SECOND)).as("share of what is allowed").isGreaterThan(0.8);
    }

    /** No request was refused, and none of our making could have been, however its windows lie. */
    private void kept(int most) {
        assertThat(portal.arrivals).extracting(Arrival::status).doesNotContain(429);
        assertThat(portal.arrivals).extracting(Arrival::status).allMatch(status -> status < 300);
        List<Long> all = portal.arrivals.stream().map(Arrival::nanos).toList();
        assertThat(atMost(all, most, WINDOW)).isTrue();
        List<Long> searches = portal.arrivals.stream()
                .filter(Arrival::search)
                .map(Arrival::nanos)
                .toList();
        assertThat(atMost(searches, SEARCHES, SECOND)).isTrue();
    }

    private static boolean atMost(List<Long> arrivals, int most, Duration window) {
        return IntStream.range(most, arrivals.size())
                .allMatch(i -> arrivals.get(i) - arrivals.get(i - most) >= window.toNanos());
    }

    private double used(int most, Duration window) {
        double took =
                portal.arrivals.getLast().nanos() - portal.arrivals.getFirst().nanos();
        return portal.arrivals.size() / (took / window.toNanos()) / most;
    }

    private TargetSchema contacts(Connection connection) {
        Driven<Described> asked = new ConversationDriver(time.sleeper())
                .drive(
                        connection.destination().describe("contacts"),
                        connection.sender("", StopSignal.NEVER, count -> {}),
                        StopSignal.NEVER);
        return ((Described.Schema) ((Driven.Finished<Described>) asked).result()).schema();
    }

    /** Two runs share the work; each of their hands takes what is next, until it is to go no further. */
    private void hands(int parts, Function<Long, IntPredicate> runs) {
        AtomicInteger next = new AtomicInteger();
        for (long run = 1; run <= 2; run++) {
            IntPredicate work = runs.apply(run);
            for (int hand = 0; hand < HANDS / 2; hand++) {
                scheduler.spawn(host, () -> {
                    int part = next.getAndIncrement();
                    while (part < parts && work.test(part)) {
                        part = next.getAndIncrement();
                    }
                });
            }
        }
    }

    /** A run is told by its stop. */
    private static StopSignal stop() {
        AtomicReference<String> never = new AtomicReference<>();
        return () -> Optional.ofNullable(never.get());
    }

    private static Batch batch(int number, TargetSchema schema) {
        List<Write> writes = LongStream.range((long) number * ROWS, (number + 1L) * ROWS)
                .mapToObj(row -> new Write(
                        row,
                        Kind.ADD,
                        new Value.Text("p" + row + "@example.com"),
                        null,
                        Map.of("firstname", new Value.Text("Name " + row))))
                .toList();
        return new Batch(Action.UPSERT, false, "contacts", "email", schema, writes);
    }
}
