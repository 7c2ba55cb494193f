package dev.caravan.scenario.kill.target;

import dev.caravan.app.Worker;
import dev.caravan.app.WorkerOptions;
import dev.caravan.scenario.TestBed;
import dev.caravan.scenario.kill.point.Tripwire;
import java.nio.file.Path;
import java.time.Duration;

/** A process that is the product's own worker, and passes a point as it begins to deliver. Its parent kills it. */
final class WholeWorker {

    /** The only point that it has. */
    static final String POINT = "deliver";

    private WholeWorker() {}

    /** Arguments as of {@link TargetWorker}. */
    public static void main(String[] arguments) {
        Tripwire wire = new Tripwire(arguments[3], Integer.parseInt(arguments[4]));
        WorkerOptions options =
                WorkerOptions.command().with(TargetWorker.ahead(Duration.ofNanos(Long.parseLong(arguments[2]))));
        try (Worker worker = Worker.open(Path.of(arguments[0]), options)) {
            String state = worker.operations()
                    .sync(TestBed.MAPPING, (phase, done, total) -> wire.pass(phase))
                    .state();
            System.out.println("ended " + state);
        }
    }
}
