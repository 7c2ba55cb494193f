package dev.caravan.pipeline;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Defect;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends runs through the routes. Blocks until the run has ended. Safe for many threads; the lease keeps a mapping to one. */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Supplier<ProducerTemplate> routes;
    private final LiveRuns live;
    private final StoreTroubles troubles = new StoreTroubles();
    private final Supplier<Monitor> monitors;

    /**
     * Runs on these routes.
     *
     * @param monitors a new one each, for what waits within a run
     */
    public Runs(Supplier<ProducerTemplate> routes, LiveRuns live, Supplier<Monitor> monitors) {
        this.routes = routes;
        this.live = live;
        this.monitors = monitors;
    }

    /**
     * Executes one run.
     *
     * @return the run as it ended: settled, held, skipped or stopped early
     * @throws CaravanException why it failed
     */
    public SyncRun execute(Order order) {
        SyncRun run = new SyncRun(order, monitors.get());
        try {
            Exchange exchange = routes.get()
                    .send(entry(order.mode()), each -> each.getMessage().setBody(run));
            rethrow(exchange);
            troubles.ended(order.mapping().id());
            return run;
        } catch (CaravanException failure) {
            troubles.failed(order.mapping().id(), failure);
            throw failure;
        } finally {
            end(run);
        }
    }

    /** What keeps ledger or snapshots from being used, as the last run of each mapping met it. */
    public List<Problem> troubles() {
        return troubles.all();
    }

    /** Even where the snapshot cannot be closed, the run is over: nobody may wait for it for ever. */
    private void end(SyncRun run) {
        try {
            run.underWay().close();
            if (run.isOpen()) {
                run.close();
            }
        } finally {
            if (run.isClaimed()) {
                live.ended(run.id());
            }
        }
    }

    /**
     * Does something to a mapping that must not happen during a run of it.
     *
     * @param unfinished the mapping's runs that the ledger calls running
     * @throws CaravanException.EnvironmentFailure ({@code run.busy}) if one of them is going on in this process
     */
    public void between(MappingId mapping, Supplier<List<Run>> unfinished, Runnable action) {
        live.between(mapping, unfinished, action).ifPresent(busy -> {
            throw ClaimStep.busy(busy.id(), busy.mapping(), busy.started());
        });
    }

    private static String entry(Mode mode) {
        return switch (mode) {
            case SYNC -> "direct:sync";
            case PREVIEW -> "direct:preview";
            case APPROVAL -> "direct:approve";
        };
    }

    private static void rethrow(Exchange exchange) {
        CaravanException known = exchange.getException(CaravanException.class);
        if (known != null) {
            throw known;
        }
        if (exchange.getException() != null) {
            LOG.error("a step failed in a way nobody foresaw: {}", Defect.oneLine(exchange.getException()));
            throw new RunFailure(Problem.of(
                    Code.RUN_DEFECT,
                    "a step failed in a way nobody foresaw: "
                            + exchange.getException().getClass().getSimpleName(),
                    "this is a defect of Caravan: the log has where; please report it"));
        }
    }
}
