package dev.caravan.app.connect;

import dev.caravan.config.settings.Limits;
import dev.caravan.delivery.limit.DayLimit;
import dev.caravan.delivery.link.ConnectionLimits;

/** The limits of a connection in the words of delivery. */
final class ConnectionUse {

    private static final int READS = 20;

    private ConnectionUse() {}

    static ConnectionLimits of(Limits limits) {
        return new ConnectionLimits(
                limits.requestsPerSecond().doubleValue(),
                limits.concurrency(),
                limits.dailyQuotaShare().doubleValue(),
                limits.window().stream()
                        .map(window -> new ConnectionLimits.Window(window.requests(), window.per()))
                        .toList(),
                limits.day().stream().map(ConnectionUse::day).toList());
    }

    /**
     * A day that the connection gives itself is its own, so that nobody else has a share of it; but a twentieth is kept for what writes
     * nothing, or a run would not even be let in to say what it holds.
     */
    static DayLimit day(Limits.Day day) {
        return new DayLimit(
                "requests_per_day",
                day.requests(),
                Math.max(1, day.requests() - Math.ceilDiv(day.requests(), READS)),
                false,
                day.zone().map(zone -> new DayLimit.Day(day.at(), zone)),
                ConnectionLimits.Window.ALL);
    }
}
