package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.ledger.Claim;
import dev.caravan.ledger.Lease;
import dev.caravan.mapping.MappingId;
import dev.caravan.plan.Given;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.run.Trigger;
import dev.caravan.source.EngineSession;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** However a run ends, it ends for those who wait for it. */
class RunsTest {

    private final LiveRuns live = new LiveRuns(Monitor.real());

    @Test
    void aRunWhoseSnapshotCannotBeClosedIsOver() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:sync").process(each -> begin(each.getMessage().getBody(SyncRun.class)));
                }
            });
            camel.start();
            Runs runs = new Runs(Runs.Routes.of(camel::createProducerTemplate), live, Monitor::real);
            assertThatThrownBy(() -> runs.execute(order()))
                    .isInstanceOf(CaravanException.class)
                    .hasMessageContaining("does not close");
        }
        assertThat(live.count()).isZero();
    }

    private void begin(SyncRun run) {
        MappingId mapping = run.mapping().id();
        Lease lease = new Lease(mapping, 1);
        live.claim(mapping, List::of, alive -> new Claim.Granted(lease, 7));
        run.claimed(lease, 7, Instant.EPOCH);
        run.opened(unclosable(), new TargetSession(run, null, Optional::empty));
    }

    private static EngineSession unclosable() {
        return (EngineSession) Proxy.newProxyInstance(
                RunsTest.class.getClassLoader(), new Class<?>[] {EngineSession.class}, (proxy, method, arguments) -> {
                    throw new RunFailure(Problem.of(Code.STATE_IO, "the snapshot does not close", "free the disk"));
                });
    }

    private static Order order() {
        return new Order(
                new Given().mapping(),
                Mode.SYNC,
                Trigger.COMMAND,
                Optional.empty(),
                Optional.empty(),
                (step, done, total) -> {});
    }
}
