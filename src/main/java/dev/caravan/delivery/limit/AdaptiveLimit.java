package dev.caravan.delivery.limit;

import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import dev.caravan.destination.Signal.State;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many requests at once the destination takes well, between one and what is configured. Two rules, the lower counts: trouble and
 * being asked for less halve it, each good answer adds one; and writes that take much longer than they used to bring it down bit by
 * bit, but not under two, since a slow answer alone proves nothing.
 */
public final class AdaptiveLimit {

    /** Batches differ in size, so up to twice the usual time is nothing. */
    private static final double USUAL = 2.0;

    private static final double HALF = 0.5;

    private final LongSupplier nanos;
    private final AIMDLimit trouble;
    private final Gradient2Limit slowness;
    private int out;

    /**
     * Starts with one, so that after a restart a single request learns of an allowance that is used up or a log-in that is refused.
     *
     * @param nanos the clock by which the times are measured
     */
    public AdaptiveLimit(int most, LongSupplier nanos) {
        this.nanos = nanos;
        this.trouble = AIMDLimit.newBuilder()
                .initialLimit(1)
                .minLimit(1)
                .maxLimit(most)
                .backoffRatio(HALF)
                // Its own idea of slow is a fixed time, which no destination has.
                .timeout(1, TimeUnit.DAYS)
                .build();
        this.slowness = Gradient2Limit.newBuilder()
                .initialLimit(most)
                .minLimit(1)
                .maxConcurrency(most)
                .queueSizeFunction(limit -> 1)
                .rttTolerance(USUAL)
                .build();
    }

    /** So many requests at once. */
    public int now() {
        return Math.min(trouble.getLimit(), slowness.getLimit());
    }

    /** A request goes out. {@link #ended} follows with what this returns. */
    public synchronized Sample begins() {
        out++;
        return new Sample(nanos.getAsLong(), out);
    }

    /**
     * A request as it went out.
     *
     * @param at in nanoseconds
     * @param among how many were under way then, itself included
     */
    public record Sample(long at, int among) {}

    /**
     * A request has ended.
     *
     * @param write whether its time says something: reads are quick and would make every write look slow
     */
    public synchronized void ended(Sample sample, State state, boolean write) {
        out--;
        boolean dropped = state == State.BUSY || state == State.TROUBLED;
        if (!dropped && state != State.WELL) {
            return;
        }
        // What takes no time at all would be no sample.
        long took = Math.max(1, nanos.getAsLong() - sample.at());
        trouble.onSample(sample.at(), took, sample.among(), dropped);
        if (write && !dropped) {
            slowness.onSample(sample.at(), took, sample.among(), false);
        }
    }
}
