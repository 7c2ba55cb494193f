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
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends runs through the routes. Blocks until the run has ended. Safe for many threads; the lease keeps a mapping to one. */
public final class Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Routes routes;
    private final LiveRuns live;
    private final StoreTroubles troubles = new StoreTroubles();
    private final Supplier<Monitor> monitors;

    /**
     * Runs on these routes.
     *
     * @param monitors a new one each, for what waits within a run
     */
    public Runs(Routes routes, LiveRuns live, Supplier<Monitor> monitors) {
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
            routes.send(entry(order.mode()), run).ifPresent(Runs::rethrow);
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

    private static void rethrow(Throwable thrown) {
        if (thrown instanceof CaravanException known) {
            throw known;
        }
        LOG.error("a step failed in a way nobody foresaw: {}", Defect.oneLine(thrown));
        throw new RunFailure(Problem.of(
                Code.RUN_DEFECT,
                "a step failed in a way nobody foresaw: " + thrown.getClass().getSimpleName(),
                "this is a defect of Caravan: the log has where; please report it"));
    }

    /** Where runs are sent. */
    @FunctionalInterface
    public interface Routes {

        /** Sends a run through a route to its end; says what was thrown, if anything was. */
        Optional<Throwable> send(String route, SyncRun run);

        /** Camel's. */
        static Routes of(Supplier<ProducerTemplate> camel) {
            return (route, run) -> {
                Exchange exchange =
                        camel.get().send(route, each -> each.getMessage().setBody(run));
                CaravanException known = exchange.getException(CaravanException.class);
                return Optional.ofNullable(known == null ? exchange.getException() : known);
            };
        }
    }
}
