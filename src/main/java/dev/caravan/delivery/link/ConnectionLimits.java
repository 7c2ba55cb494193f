package dev.caravan.delivery.link;

import dev.caravan.delivery.limit.DayLimit;
import dev.caravan.transport.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a connection may use of its destination.
 *
 * @param requestsPerSecond the most requests started in a second, evenly spaced; fractions are allowed
 * @param concurrency the most requests at once; fewer at first and while the destination takes them badly
 * @param dailyQuotaShare the share of the daily allowance, 0 to 1, from which writes stop, other applications' use included
 * @param windows the most requests in some seconds or minutes, each of which holds, beside the most in one second
 * @param days the most of whole days, which are kept over restarts
 */
public record ConnectionLimits(
        double requestsPerSecond, int concurrency, double dailyQuotaShare, List<Window> windows, List<DayLimit> days) {

    private static final int REQUESTS_A_DAY = 10;

    /** Where a connection says nothing. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(20, 4, 0.7);

    /**
     * How many rows may be written at once. A request for more than what a day has left waits whole: with a tenth of the day each nearly all of
     * it can be used, and none is too large for ever.
     */
    public int mostRows() {
        return (int) days.stream()
                .filter(DayLimit::rows)
                .mapToLong(day -> Math.max(1, day.writes() / REQUESTS_A_DAY))
                .reduce(Integer.MAX_VALUE, Math::min);
    }

    /** Limits without a day. */
    public ConnectionLimits(double requestsPerSecond, int concurrency, double dailyQuotaShare, List<Window> windows) {
        this(requestsPerSecond, concurrency, dailyQuotaShare, windows, List.of());
    }

    /** Limits without a window. */
    public ConnectionLimits(double requestsPerSecond, int concurrency, double dailyQuotaShare) {
        this(requestsPerSecond, concurrency, dailyQuotaShare, List.of());
    }

    /**
     * The most requests in any stretch of time of this length.
     *
     * @param concerns which requests; the others neither count nor wait
     */
    public record Window(int requests, Duration per, Predicate<Request> concerns) {

        /** Concerns all. */
        public static final Predicate<Request> ALL = request -> true;

        /** A window of all requests. */
        public Window(int requests, Duration per) {
            this(requests, per, ALL);
        }

        /** Whether it is of all requests. */
        public boolean ofAll() {
            return concerns.equals(ALL);
        }

        public Window {
            if (requests < 1 || !per.isPositive()) {
                throw new IllegalArgumentException("limits out of range");
            }
        }
    }

    public ConnectionLimits {
        windows = List.copyOf(windows);
        days = List.copyOf(days);
        if (!(requestsPerSecond > 0) || concurrency < 1 || !(dailyQuotaShare > 0) || dailyQuotaShare > 1) {
            throw new IllegalArgumentException("limits out of range");
        }
    }
}
