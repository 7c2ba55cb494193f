package dev.caravan.simulation;

import dev.caravan.sandbox.http.Query;
import dev.caravan.sandbox.http.Request.Head;
import dev.caravan.sandbox.hubspot.HubSpot;
import dev.caravan.sandbox.ledger.Ledger;
import dev.caravan.sandbox.vendor.Ground;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The sandbox's HubSpot some virtual milliseconds away, and when which request came to it. */
final class DistantPortal implements Transport {

    /** A request as the portal saw it. */
    record Arrival(long nanos, boolean search, int status) {}

    private static final String TOKEN = "Bearer pat-na1-caravan-demo";

    final List<Arrival> arrivals = new ArrayList<>();
    final HubSpot portal;
    private final Scheduler scheduler;
    private final Host host;
    private final RandomGenerator random;
    private final int slowest;

    /**
     * A portal with the usual limits and no other traps.
     *
     * @param slowest milliseconds that a request or an answer is on its way at most
     */
    DistantPortal(Scheduler scheduler, Host host, RandomGenerator random, int slowest) {
        this.scheduler = scheduler;
        this.host = host;
        this.random = random;
        this.slowest = slowest;
        this.portal = new HubSpot(new Ground(() -> scheduler.clock(host), new Ledger(), 1));
        portal.settings().change(Map.of("silent_every", 0));
    }

    @Override
    public Reply login() {
        return new HttpAnswer(200, Map.of(), Body.of("{}"), 1);
    }

    @Override
    public Reply send(Request request, String account) {
        HttpRequest http = HttpRequest.of(request);
        onTheWay();
        dev.caravan.sandbox.http.Reply reply = portal.answer(arrived(http));
        arrivals.add(new Arrival(scheduler.now(), http.path().endsWith("/search"), reply.status()));
        onTheWay();
        Map<String, List<String>> headers = new HashMap<>();
        reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new HttpAnswer(reply.status(), headers, Body.of(reply.body()), 1);
    }

    private void onTheWay() {
        scheduler.sleep(Duration.ofMillis(1 + random.nextInt(slowest)));
    }

    private dev.caravan.sandbox.http.Request arrived(HttpRequest http) {
        Head head = new Head(
                arrivals.size() + 1L,
                scheduler.clock(host),
                http.method().name(),
                http.path(),
                http.path().length(),
                Query.segments(http.path()),
                Map.of(),
                "",
                Map.of("authorization", TOKEN),
                Optional.empty());
        return new dev.caravan.sandbox.http.Request(head, http.body().bytes());
    }

    @Override
    public void close() {}
}
