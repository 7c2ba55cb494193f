package dev.caravan.scenario.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.destination.IdempotencyClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Twelve faults at six positions in every idempotency class, over the real transport with a time-out of 200 ms: whatever the network
 * does to a request, nothing is lost, nothing happens twice, nothing untrue is told, and it ends. What the faults do is in
 * docs/network-faults.md.
 */
@Execution(ExecutionMode.CONCURRENT)
class NetworkFaultsTest {

    /** Most of a combination's time is spent waiting: for time-outs, drips and the disk. */
    private static final int LANES = 6;

    private static final long LONGEST_SECONDS = 60;

    private static final BlockingQueue<Lane> FREE = new ArrayBlockingQueue<>(LANES);
    private static final CamelContext CAMEL = new DefaultCamelContext();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void open() throws IOException {
        CAMEL.start();
        for (int number = 0; number < LANES; number++) {
            FREE.add(new Lane(number, folder, CAMEL));
        }
    }

    @AfterAll
    static void close() throws IOException {
        for (Lane lane : FREE) {
            lane.close();
        }
        CAMEL.stop();
    }

    @ParameterizedTest
    @EnumSource(names = "F", mode = EnumSource.Mode.EXCLUDE)
    void everyFaultAtEveryPositionEndsWell(IdempotencyClass idempotency)
            throws InterruptedException, ExecutionException, TimeoutException {
        Case delivered = Case.of(idempotency);
        Map<Trouble, Future<List<String>>> playing = new LinkedHashMap<>();
        Map<Trouble, List<String>> wrong = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(LANES)) {
            for (Trouble trouble : Trouble.all()) {
                playing.put(trouble, threads.submit(() -> played(delivered, trouble)));
            }
            for (Map.Entry<Trouble, Future<List<String>>> each : playing.entrySet()) {
                List<String> found = each.getValue().get(LONGEST_SECONDS, TimeUnit.SECONDS);
                if (!found.isEmpty()) {
                    wrong.put(each.getKey(), found);
                }
            }
        }
        assertThat(playing).hasSize(12 * 6);
        assertThat(wrong).isEmpty();
    }

    private static List<String> played(Case delivered, Trouble trouble) throws IOException, InterruptedException {
        Lane lane = FREE.take();
        try {
            return new Combination(lane, delivered, trouble).play();
        } finally {
            FREE.add(lane);
        }
    }
}
