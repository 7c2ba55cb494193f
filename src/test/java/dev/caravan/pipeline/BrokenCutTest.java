package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.Batches;
import dev.caravan.delivery.link.Monitor;
import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities;
import dev.caravan.ledger.Planned;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.Given;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import dev.caravan.run.Trigger;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A plan that cannot be read to its end costs the run, but not the order: what is on its way ends before anything is closed. */
class BrokenCutTest {

    private static final int ROWS = 5;
    private static final int READABLE = 2;

    private final SyncRun run = new SyncRun(
            new Order(
                    new Given().mapping(),
                    Mode.SYNC,
                    Trigger.COMMAND,
                    Optional.empty(),
                    Optional.empty(),
                    (step, done, total) -> {}),
            Monitor.real());
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private boolean counted;

    @Test
    void theSplitWaitsForWhatIsOnItsWay() throws Exception {
        try (ExecutorService deliverers = Executors.newCachedThreadPool();
                DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:deliver")
                            .split(body())
                            .streaming()
                            .parallelProcessing()
                            .executorService(deliverers)
                            .process(BrokenCutTest.this::send);
                }
            });
            camel.start();
            FutureTask<Exchange> split = new FutureTask<>(() -> camel.createProducerTemplate()
                    .send("direct:deliver", each -> each.getMessage().setBody(parcels())));
            Thread.ofPlatform().daemon().start(split);
            while (run.broken().isEmpty()) {
                assertThat(split.isDone()).isFalse();
                Thread.onSpinWait();
            }
            answer.countDown();
            assertThat(split.get().getException()).isNull();
        }
        assertThat(answered).hasValue(READABLE);
        assertThat(run.broken().orElseThrow()).hasMessageContaining("damaged");
    }

    @Test
    void closingWaitsForWhatIsBeingSentAndLetsNothingBegin() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Boolean> sending = new FutureTask<>(
                () -> run.underWay().during(() -> {
                    begun.countDown();
                    await();
                    answered.incrementAndGet();
                }),
                true);
        Thread.ofPlatform().daemon().start(sending);
        begun.await();
        FutureTask<Integer> closing = new FutureTask<>(() -> {
            run.underWay().close();
            return answered.get();
        });
        Thread thread = Thread.ofPlatform().daemon().start(closing);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertThat(closing.isDone()).isFalse();
            Thread.onSpinWait();
        }
        answer.countDown();
        assertThat(closing.get()).isEqualTo(1);
        run.underWay().during(answered::incrementAndGet);
        assertThat(answered).hasValue(1);
    }

    private void send(Exchange exchange) {
        exchange.getMessage().getBody(Parcel.class).batch().ifPresent(batch -> {
            await();
            answered.incrementAndGet();
            run.underWay().arrived();
        });
    }

    private void await() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Parcels parcels() {
        Target target = new Target(
                "crm",
                "Thing",
                Target.Operation.UPSERT,
                TargetKey.of("Key"),
                new FieldSource.Column("key"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.BATCH,
                Place.ofFile("m.yaml"),
                Place.ofFile("m.yaml"));
        Capabilities spec = Capabilities.all(
                EnumSet.of(Action.UPSERT, Action.INSERT, Action.UPDATE, Action.DELETE),
                new Capabilities.Ability(1, 0, 0, Optional.empty()));
        return new Parcels(
                run,
                new Batches(this::rows, target, spec, new TargetSchema("Thing", List.of()), List.of(), row -> ""),
                new Slots(4, Monitor::real),
                Optional::empty);
    }

    /** Counted as five; read to be sent, one of them is damaged. */
    private List<PlannedWrite> rows(long after, int most) {
        counted |= after + 1 == ROWS;
        if (counted && after + 1 > READABLE && after + 1 < ROWS) {
            throw new RunFailure(Problem.of(Code.LEDGER_DAMAGED, "damaged", "put back a copy"));
        }
        return Planned.rows(after + 1, Math.min(after + 2, ROWS));
    }
}
