package dev.caravan.app.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Progress;
import dev.caravan.app.SyncReport;
import dev.caravan.app.json.Json;
import dev.caravan.app.json.ProblemJson;
import dev.caravan.app.json.ReportJson;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.RunFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Operations that take longer than a request. One goes on whether or not its client still asks; the latest hundred that ended are
 * remembered. Thread-safe.
 */
public final class Errands implements AutoCloseable {

    private static final int REMEMBERED = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("api-", 1).factory());
    private final Map<String, Errand> errands = new LinkedHashMap<>();
    private long last;

    /** Starts one and returns its id. */
    String start(Function<Progress, SyncReport> work) {
        Errand errand = new Errand();
        synchronized (errands) {
            forgetOldest();
            String id = Long.toString(++last);
            errands.put(id, errand);
            errand.end = CompletableFuture.supplyAsync(() -> work.apply(errand), threads);
            return id;
        }
    }

    /** How one stands, after waiting a while for its end; empty if it is not known. */
    Optional<ObjectNode> view(String id, Duration wait) {
        Errand errand;
        synchronized (errands) {
            errand = errands.get(id);
        }
        if (errand == null) {
            return Optional.empty();
        }
        ObjectNode ended = errand.end
                .thenApply(report -> Json.object()
                        .put("operation", id)
                        .put("state", "done")
                        .<ObjectNode>set("report", ReportJson.write(report)))
                .exceptionally(failure -> failed(id, failure))
                .completeOnTimeout(Json.object(), wait.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return Optional.of(ended.isEmpty() ? errand.running(id) : ended);
    }

    /** Lets go of the threads; what still runs is stopped by whoever stops the worker. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private void forgetOldest() {
        if (errands.size() >= REMEMBERED) {
            errands.values().removeIf(errand -> errands.size() >= REMEMBERED && errand.end.isDone());
        }
    }

    private static ObjectNode failed(String id, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        CaravanException known = cause instanceof CaravanException ours
                ? ours
                : new RunFailure(Problem.of(
                        Code.RUN_DEFECT,
                        "a defect in Caravan: " + cause.getClass().getName(),
                        "see the log of the process that owns the workspace, and report it"));
        return ProblemJson.write(known).put("operation", id).put("state", "failed");
    }

    /** One operation and how far it is. */
    private static final class Errand implements Progress {

        private CompletableFuture<SyncReport> end = new CompletableFuture<>();
        private volatile Step step = new Step("start", 0, -1);

        @Override
        public void at(String phase, long done, long total) {
            step = new Step(phase, done, total);
        }

        private ObjectNode running(String id) {
            Step now = step;
            return Json.object()
                    .put("operation", id)
                    .put("state", "running")
                    .put("phase", now.phase())
                    .put("done", now.done())
                    .put("total", now.total());
        }
    }

    private record Step(String phase, long done, long total) {}
}
