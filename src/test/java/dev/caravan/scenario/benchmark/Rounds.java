package dev.caravan.scenario.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Several ways to send the same requests, in turn, so that what else the machine does falls on all; the first round of each is not
 * counted.
 */
final class Rounds {

    private static final int ROUNDS = 9;

    private final int concurrency;
    private final int requests;
    private final double[][] speeds;

    private Rounds(int concurrency, int requests, int ways) {
        this.concurrency = concurrency;
        this.requests = requests;
        this.speeds = new double[ways][ROUNDS];
    }

    /** One request, on whichever way. */
    interface Way {
        void send() throws IOException;
    }

    /** Measures. */
    static Rounds of(int concurrency, int requests, Way... ways) throws InterruptedException, ExecutionException {
        Rounds rounds = new Rounds(concurrency, requests, ways.length);
        try (ExecutorService threads = Executors.newFixedThreadPool(concurrency)) {
            for (Way way : List.of(ways)) {
                rounds.round(threads, way);
            }
            for (int i = 0; i < ROUNDS; i++) {
                for (int way = 0; way < ways.length; way++) {
                    rounds.speeds[way][i] = rounds.round(threads, ways[way]);
                }
            }
        }
        return rounds;
    }

    /** The median of a way's rounds, in requests a second. */
    double median(int way) {
        double[] sorted = speeds[way].clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private double round(ExecutorService threads, Way way) throws InterruptedException, ExecutionException {
        AtomicInteger left = new AtomicInteger(requests);
        long start = System.nanoTime();
        for (Future<?> worker : IntStream.range(0, concurrency)
                .mapToObj(i -> threads.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        way.send();
                    }
                    return i;
                }))
                .toList()) {
            worker.get();
        }
        return requests * 1e9 / (System.nanoTime() - start);
    }
}
