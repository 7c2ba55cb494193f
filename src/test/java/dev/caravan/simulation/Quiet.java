package dev.caravan.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Simulated workers log nothing, since failing is what they live for; but for one that is lived again. Named in {@code logback-test.xml}. */
public final class Quiet extends TurboFilter {

    private static final boolean LIVED_AGAIN = Long.getLong("caravan.sim.seed") != null;

    @Override
    public FilterReply decide(
            Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            @Nullable Object[] arguments,
            @Nullable Throwable thrown) {
        boolean simulated = Thread.currentThread().getName().startsWith(Scheduler.THREAD_NAME);
        return simulated && !LIVED_AGAIN ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
