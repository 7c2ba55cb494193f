package dev.caravan.scenario.kill;

import dev.caravan.app.Operations;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process that syncs a mapping and says each step on its standard output as it begins. Its parent kills it.
 */
final class KilledWorker {

    static final MappingId MAPPING = new MappingId("test");

    private KilledWorker() {}

    /** Arguments: workspace, log-in URL, client id, client secret, and whether a held plan is approved. */
    public static void main(String[] arguments) {
        Map<String, String> values = Map.of("URL", arguments[1], "ID", arguments[2], "SECRET", arguments[3]);
        try (Worker worker = open(Path.of(arguments[0]), values)) {
            Operations operations = worker.operations();
            boolean approves = Boolean.parseBoolean(arguments[4]);
            SyncReport end =
                    approves ? settle(operations, KilledWorker::tell) : operations.sync(MAPPING, KilledWorker::tell);
            say("ended " + end.state());
        }
    }

    static Worker open(Path workspace, Map<String, String> values) {
        return Worker.open(workspace, in(values, WorkerOptions.command()));
    }

    static WorkerOptions in(Map<String, String> values, WorkerOptions options) {
        return options.with(name -> Optional.ofNullable(values.get(name)));
    }

    /** Syncs, and approves what is held. */
    static SyncReport settle(Operations operations, Progress progress) {
        SyncReport report = operations.sync(MAPPING, progress);
        return report.state().equals("held")
                ? operations.approve(report.plan(), new Decision("tester", "", Instant.EPOCH), progress)
                : report;
    }

    private static void tell(String phase, long done, long total) {
        if (done == 0) {
            say(phase);
        }
    }

    private static synchronized void say(String what) {
        System.out.println(what);
        System.out.flush();
    }
}
