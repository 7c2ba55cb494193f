package dev.caravan.app.observe;

import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.destination.Signal;
import dev.caravan.telemetry.Meters;
import java.time.Duration;

/** Hands what delivery tells to the metrics, which, as an adapter, does not know delivery. */
public final class RequestMeters implements DeliveryMeters {

    private final Meters meters;

    public RequestMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void request(String connection, Signal.State state, int requests, Duration took) {
        meters.request(connection, state, requests, took);
    }

    @Override
    public void retry(String connection, String reason) {
        meters.retry(connection, reason);
    }

    @Override
    public void breaker(String connection, String state) {
        meters.breaker(connection, state);
    }

    @Override
    public void concurrency(String connection, int limit) {
        meters.concurrency(connection, limit);
    }

    @Override
    public void retryBudget(String connection, double left) {
        meters.retryBudget(connection, left);
    }

    @Override
    public void quota(String connection, double share) {
        meters.quota(connection, share);
    }
}
