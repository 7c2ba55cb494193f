package dev.caravan.scenario.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** SIGKILL between first intent and settle: nothing lost, no duplicate, no snapshot ahead, no second approval. */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {

    @TempDir
    private Path folder;

    @Test
    void amongBatches() throws IOException, InterruptedException, SQLException {
        kill(3, "batch", Moment::amongBatches, 0);
    }

    @Test
    void duringJobs() throws IOException, InterruptedException, SQLException {
        kill(3, "job", Moment::duringJob, 0);
    }

    @Test
    void duringSettle() throws IOException, InterruptedException, SQLException {
        kill(1, "batch", Moment::duringSettle, 0);
    }

    @Test
    void aServiceTakesUpWhatWasLeft() throws IOException, InterruptedException, SQLException {
        try (Kills kills = new Kills(folder, "batch", random -> new Moment("deliver", 5, 0), 0)) {
            kills.takenUpByAService();
        }
    }

    @Test
    @Tag("soak")
    void amongBatchesManyTimes() throws IOException, InterruptedException, SQLException {
        kill(100, "batch", Moment::amongBatches, 3);
    }

    @Test
    @Tag("soak")
    void duringJobsManyTimes() throws IOException, InterruptedException, SQLException {
        kill(100, "job", Moment::duringJob, 3);
    }

    @Test
    @Tag("soak")
    void duringSettleManyTimes() throws IOException, InterruptedException, SQLException {
        kill(20, "batch", Moment::duringSettle, 3);
    }

    private void kill(int times, String strategy, Function<RandomGenerator, Moment> moments, int twiceIn)
            throws IOException, InterruptedException, SQLException {
        try (Kills kills = new Kills(folder, strategy, moments, twiceIn)) {
            kills.times(times);
        }
    }
}
