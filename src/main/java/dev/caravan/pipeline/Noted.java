package dev.caravan.pipeline;

import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Does a part of a delivery. Whatever goes wrong is noted on the run and thrown in settle: an exception would end the split at once,
 * while batches are on their way.
 */
final class Noted {

    private Noted() {}

    /** The result; empty if the part failed. */
    static <T> Optional<T> on(SyncRun run, Callable<T> part) {
        FutureTask<T> task = new FutureTask<>(part);
        task.run();
        try {
            return Optional.of(task.get());
        } catch (ExecutionException e) {
            run.broke(e.getCause() instanceof CaravanException known ? known : defect(e.getCause()));
        } catch (InterruptedException e) {
            // Of a task that has ended nothing waits; the interrupt is for whoever does.
            Thread.currentThread().interrupt();
            run.broke(defect(e));
        }
        return Optional.empty();
    }

    private static RunFailure defect(@Nullable Throwable cause) {
        String name = cause == null ? "nothing" : cause.getClass().getSimpleName();
        return new RunFailure(Problem.of(
                Code.RUN_DEFECT,
                "a batch failed in a way nobody foresaw: " + name,
                "this is a defect of Caravan; the rows of the batch are recovered by the next run"));
    }
}
