package dev.caravan.app.owner;

import dev.caravan.app.Diagnosis;
import dev.caravan.app.Operations;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.app.api.ApiGate;
import dev.caravan.app.api.ApiProcessor;
import dev.caravan.app.api.ApiRouter;
import dev.caravan.app.api.Errands;
import dev.caravan.app.api.Servers;
import dev.caravan.app.lock.OwnerNote;
import dev.caravan.app.lock.WorkspaceLock;
import dev.caravan.app.observe.LedgerHealth;
import dev.caravan.app.observe.RequestMeters;
import dev.caravan.app.observe.RunMeters;
import dev.caravan.app.observe.WorkspaceHealth;
import dev.caravan.config.settings.Environment;
import dev.caravan.problem.Problem;
import dev.caravan.telemetry.Meters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A worker that holds its workspace's lock and tells other processes where to find it. Its servers come up with Camel: at once with
 * schedules, else with the first run, so that a command that only looks is quick and other processes simply wait for it.
 */
public final class OwnedWorkspace implements AutoCloseable {

    private static final int RECENT = 200;

    private final InstantSource clock = InstantSource.system();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String token = ApiGate.newToken();
    private final ApiProcessor api = new ApiProcessor();
    private final Errands errands = new Errands();
    private final WorkspaceLock lock;
    private final Servers servers;
    private final Meters meters;
    private final Ready ready = new Ready();
    private volatile @Nullable Worker worker;

    private OwnedWorkspace(WorkspaceLock lock, Servers servers, String version) {
        this.lock = lock;
        this.servers = servers;
        this.meters = new Meters(registry, clock, version);
    }

    /**
     * Opens the worker of a workspace.
     *
     * @param lock its lock; given up again if the worker cannot be opened
     * @param scheduled whether schedules fire
     */
    public static OwnedWorkspace open(
            Path workspace, WorkspaceLock lock, Servers servers, boolean scheduled, String version) {
        return open(workspace, lock, servers, scheduled, Environment.PROCESS, version);
    }

    /** Opens the worker of a workspace with values for its placeholders that are not those of the process's environment. */
    public static OwnedWorkspace open(
            Path workspace,
            WorkspaceLock lock,
            Servers servers,
            boolean scheduled,
            Environment values,
            String version) {
        OwnedWorkspace owned = new OwnedWorkspace(lock, servers, version);
        try {
            owned.start(workspace, scheduled, values);
            return owned;
        } finally {
            if (owned.worker == null) {
                owned.close();
            }
        }
    }

    private void start(Path workspace, boolean scheduled, Environment values) {
        Worker opened = Worker.open(
                workspace,
                new WorkerOptions(
                        scheduled,
                        values,
                        servers.properties(),
                        beans(),
                        new RunMeters(meters),
                        new RequestMeters(meters),
                        () -> ready.served(this::publish)));
        worker = opened;
        api.open(new ApiRouter(new ApiGate(token), opened.operations(), opened.diagnosis(), errands, clock));
        meters.broken(() -> opened.problems().size());
        opened.operations().runs(Optional.empty(), RECENT).reversed().forEach(meters::seen);
        opened.operations()
                .status()
                .forEach(each -> meters.unresolved(each.mapping().value(), each.unresolved()));
        ready.opened(this::publish);
    }

    private Map<String, Object> beans() {
        return Map.of(
                "api",
                api,
                "meterRegistry",
                registry,
                "workspaceHealth",
                new WorkspaceHealth(this::problems),
                "ledgerHealth",
                new LedgerHealth(this::readLedger));
    }

    private List<Problem> problems() {
        Worker now = worker;
        return now == null ? List.of() : now.problems();
    }

    private void readLedger() {
        Worker now = worker;
        if (now != null) {
            now.operations().runs(Optional.empty(), 1);
        }
    }

    private void publish() {
        lock.publish(new OwnerNote(ProcessHandle.current().pid(), servers.api(), token));
    }

    private Worker worker() {
        return Objects.requireNonNull(worker, "open comes first");
    }

    /** What can be asked of it. */
    public Operations operations() {
        return worker().operations();
    }

    /** What {@code doctor} asks. */
    public Diagnosis diagnosis() {
        return worker().diagnosis();
    }

    /** From now on files are watched and schedules fire. For a workspace that was opened without. */
    public void follow() {
        worker().follow();
    }

    /** Where it listens, once Camel is up. */
    public Servers servers() {
        return servers;
    }

    /** Lets runs stop between batches, then gives the workspace up. */
    @Override
    public void close() {
        Worker now = worker;
        if (now != null) {
            now.close();
        }
        errands.close();
        lock.close();
    }

    /** Both must be: Camel up, so that somebody listens, and the worker open, so that there is an answer. */
    private static final class Ready {

        private boolean served;
        private boolean opened;

        synchronized void served(Runnable then) {
            served = true;
            both(then);
        }

        synchronized void opened(Runnable then) {
            opened = true;
            both(then);
        }

        private void both(Runnable then) {
            if (served && opened) {
                then.run();
            }
        }
    }
}
