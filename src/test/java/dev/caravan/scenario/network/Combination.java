package dev.caravan.scenario.network;

import dev.caravan.mapping.MappingId;
import dev.caravan.run.Accounting;
import dev.caravan.scenario.network.Trouble.Told;
import dev.caravan.scenario.network.Worker.Ended;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One delivery of one class, one fault at one position of one of its requests, and runs until there is nothing more to do. */
final class Combination {

    /** Longer than a lost request may take to land. */
    private static final Duration WINDOW = Duration.ofMinutes(11);

    private static final int MOST_RUNS = 8;

    /** Until a request gets as far as the fault, on a machine that is busy with other things. */
    private static final int MOST_STARTS = 40;

    private final Lane lane;
    private final Case delivered;
    private final Trouble trouble;
    private final MappingId id;
    private final Stages stages;
    private final Worker worker;
    private final List<String> wrong = new ArrayList<>();

    Combination(Lane lane, Case delivered, Trouble trouble) {
        this.lane = lane;
        this.delivered = delivered;
        this.trouble = trouble;
        String name = (delivered.idempotency() + "-" + trouble.fault() + "-" + trouble.position())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        this.id = new MappingId("network/" + name);
        String prefix = "%s%02d%d".formatted(delivered.letter(), trouble.row(), trouble.column());
        this.stages = Stages.of(delivered, prefix);
        this.worker = lane.worker(delivered, id);
    }

    /** What should not have been; empty if all is well. */
    List<String> play() throws IOException, InterruptedException {
        lane.transport().begin(() -> lane.ledger().openBatches(id, 0).size() == 1);
        Oracle oracle = new Oracle(lane, delivered, id, worker);
        if (!stages.before().isEmpty()) {
            worker.model(stages.before());
            settled();
        }
        int nth = (trouble.row() + trouble.column()) % delivered.steps();
        lane.proxy().chunked((nth + delivered.idempotency().name().charAt(0)) % 2 == 0);
        lane.proxy().arm(trouble, nth);
        worker.model(stages.struck());
        long struck = struck();
        lane.proxy().calm();
        // What may still land must not be overtaken now, and this run knows nothing of when that is.
        worker.model(stages.after());
        run();
        lane.proxy().awaitQuiet();
        Accounting last = settled();
        wrong.addAll(lane.transport().wrong());
        wrong.addAll(oracle.wrong(stages.after(), last));
        expect(lane.transport().told(struck), lane.proxy().struckArrived());
        return wrong;
    }

    /** A machine too slow for the time-out of a log-in or a description has a run fail before it sends anything. */
    private long struck() throws IOException {
        for (int number = 0; number < MOST_STARTS && lane.proxy().struck() == 0; number++) {
            run();
        }
        long struck = lane.proxy().struck();
        if (struck == 0) {
            throw new AssertionError(trouble + " did not strike");
        }
        return struck;
    }

    private void expect(Told told, boolean arrived) {
        if (!trouble.told().contains(told) && told != Told.LOST) {
            wrong.add("the struck request was told " + told);
        }
        if (arrived != trouble.arrives()) {
            wrong.add("the struck request " + (arrived ? "arrived" : "did not arrive"));
        }
    }

    /** Runs until nothing is left to do but what waits for a person. */
    private Accounting settled() {
        for (int number = 0; number < MOST_RUNS; number++) {
            lane.time().pass(WINDOW);
            Ended ended = run();
            if (ended.quiet()) {
                return ended.books().orElseThrow();
            }
        }
        throw new AssertionError("after " + MOST_RUNS + " runs without a fault there is still something to do");
    }

    private Ended run() {
        Ended ended = worker.run();
        ended.books().ifPresent(books -> {
            if (!books.balances() || books.unknown() != ended.unknown()) {
                wrong.add("the books: " + books.words() + ", and " + ended.unknown() + " rows have no known end");
            }
        });
        return ended;
    }
}
