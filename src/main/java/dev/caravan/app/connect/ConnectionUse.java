package dev.caravan.app.connect;

import dev.caravan.config.settings.Limits;
import dev.caravan.delivery.link.ConnectionLimits;

/** The limits of a connection in the words of delivery. */
final class ConnectionUse {

    private ConnectionUse() {}

    static ConnectionLimits of(Limits limits) {
        return new ConnectionLimits(
                limits.requestsPerSecond().doubleValue(),
                limits.concurrency(),
                limits.dailyQuotaShare().doubleValue(),
                limits.window().stream()
                        .map(window -> new ConnectionLimits.Window(window.requests(), window.per()))
                        .toList());
    }
}
