package dev.caravan.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.delivery.link.Monitor;
import dev.caravan.mapping.MappingId;
import dev.caravan.run.Trigger;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunQueueTest {

    private static final MappingId MAPPING = new MappingId("growth/leads");

    /** A defect in one run must cost neither the thread nor the mapping's place in the queue. */
    @Test
    void goesOnAfterARunThatFailedInAWayNobodyForesaw() throws InterruptedException {
        BlockingQueue<Thread> takers = new LinkedBlockingQueue<>();
        Mappings broken = mapping -> {
            takers.add(Thread.currentThread());
            throw new IllegalStateException("a defect");
        };
        Runs none = new Runs(
                (route, run) -> {
                    throw new IllegalStateException("no routes");
                },
                new LiveRuns(Monitor.real()),
                Monitor::real);
        try (RunQueue queue = new RunQueue(none, broken, 1)) {
            queue.offer(MAPPING, Trigger.SCHEDULE, Optional.empty());
            Thread first = takers.poll(10, TimeUnit.SECONDS);
            queue.offer(MAPPING, Trigger.SCHEDULE, Optional.empty());
            Thread second = takers.poll(10, TimeUnit.SECONDS);
            assertThat(second).isNotNull().isSameAs(first);
        }
    }
}
