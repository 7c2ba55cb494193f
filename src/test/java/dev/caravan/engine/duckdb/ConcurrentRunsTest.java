package dev.caravan.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.mapping.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of several mappings in one engine begin, attach, look and end as they please. */
class ConcurrentRunsTest {

    private static final int MAPPINGS = 4;
    private static final int RUNS = 40;

    @TempDir
    Path folder;

    @Test
    void runsThatBeginAtOnceDoNotMeetEachOther() throws InterruptedException, ExecutionException {
        try (Workbench bench = new Workbench(folder);
                ExecutorService threads = Executors.newFixedThreadPool(MAPPINGS)) {
            bench.file("model.csv", "id,v\na,1\nb,2\nc,3\n");
            bench.warehouse("CREATE TABLE people AS SELECT * FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) AS p(id, v)");
            List<Callable<Integer>> each = new ArrayList<>();
            for (int i = 0; i < MAPPINGS; i++) {
                Mappings model = i % 2 == 0 ? Mappings.csv("v") : Mappings.table("people", "v");
                Mapping mapping = model.id("m" + i).build();
                each.add(() -> {
                    int found = 0;
                    for (int run = 0; run < RUNS; run++) {
                        found += bench.plan(mapping).changes().size();
                        assertThat(bench.engine.appliedSeq(mapping.id())).hasValue(0);
                    }
                    return found;
                });
            }
            for (Future<Integer> found : threads.invokeAll(each)) {
                assertThat(found.get()).isEqualTo(RUNS * 3);
            }
        }
    }
}
