package dev.caravan.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Lives a range of seeds on all cores and adds a line to a report for each block of them, so that ranges add up across runs. */
final class Soak {

    private static final long BLOCK = 50_000;
    private static final int PROGRESS_SECONDS = 10;
    private static final int MOST_TOLD = 20;

    private final LongFunction<Life> lives;
    private final Path report;
    private final List<String> wrong = new ArrayList<>();

    Soak(LongFunction<Life> lives, Path report) {
        this.lives = lives;
        this.report = report;
    }

    /** Figures of one block. The hash is the same whatever the order in which lives end. */
    private static final class Tally {
        private long done;
        private long faults;
        private long fewest = Long.MAX_VALUE;
        private long crashes;
        private long takeovers;
        private long violated;
        private long hash;

        synchronized void add(Life life) {
            done++;
            faults += life.struck();
            // Where an invariant breaks a life ends.
            fewest = life.violations().isEmpty() ? Math.min(fewest, life.struck()) : fewest;
            crashes += life.faults(Fault.CRASH);
            takeovers += life.faults(Fault.TAKEOVER);
            violated += life.isSound() ? 0 : 1;
            hash += life.hash() * (2 * life.seed() + 1);
        }

        synchronized String words() {
            return "%d faults (fewest %d a seed), %d crashes, %d takeovers, %d seeds with violations, hash %016x"
                    .formatted(faults, fewest, crashes, takeovers, violated, hash);
        }
    }

    /** Lives them all. What was wrong, with the commands that show it again, up to twenty of them. */
    List<String> run(long from, long count) throws IOException, InterruptedException {
        for (long first = from; first < from + count; first += BLOCK) {
            block(first, Math.min(from + count, first + BLOCK));
        }
        return wrong;
    }

    private void block(long from, long end) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Tally tally = new Tally();
        AtomicLong next = new AtomicLong(from);
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                pool.execute(() -> {
                    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                        lived(tally, seed);
                    }
                });
            }
            pool.shutdown();
            while (!pool.awaitTermination(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
                System.out.printf("seed %d of %d to %d: %s%n", next.get(), from, end - 1, tally.words());
            }
        }
        String line = "seeds %d to %d, commit %s, JDK %s, %d s: %s%n"
                .formatted(
                        from,
                        end - 1,
                        System.getProperty("caravan.commit", "unknown"),
                        Runtime.version(),
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                        tally.words());
        System.out.print(line);
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.writeString(report, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (tally.done != end - from) {
            throw new IllegalStateException(tally.done + " lives of " + (end - from) + " were lived to their end");
        }
    }

    private void lived(Tally tally, long seed) {
        boolean ended = false;
        try {
            add(tally, lives.apply(seed));
            ended = true;
        } finally {
            if (!ended) {
                System.out.println("seed " + seed + " broke the simulation itself");
            }
        }
    }

    private synchronized void add(Tally tally, Life life) {
        tally.add(life);
        if (!life.isSound() && wrong.size() < MOST_TOLD) {
            wrong.add(life.told());
            System.out.println(life.told());
        }
    }
}
