package dev.caravan.scenario.network;

import dev.caravan.scenario.network.Trouble.Told;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Numbers each attempt, but for descriptions, and keeps what the transport said of it, to be held against what the proxy saw. */
final class WatchedTransport implements Transport {

    private final Transport transport;
    private final FaultProxy proxy;
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Reply> replies = new LinkedHashMap<>();
    private final List<String> unannounced = new ArrayList<>();
    private BooleanSupplier announced = () -> true;

    WatchedTransport(Transport transport, FaultProxy proxy) {
        this.transport = transport;
        this.proxy = proxy;
    }

    /** Forgets the attempts so far. A request that may change something is only sent while this says so (invariant I3). */
    synchronized void begin(BooleanSupplier intended) {
        replies.clear();
        unannounced.clear();
        announced = intended;
    }

    int attempts() {
        return replies.size();
    }

    @Override
    public synchronized Reply send(Request asked, String account) {
        HttpRequest request = HttpRequest.of(asked);
        if (request.path().endsWith("/describe")) {
            return transport.send(request, account);
        }
        long number = last.incrementAndGet();
        try {
            if (request.replay() == Request.Replay.NEVER && !announced.getAsBoolean()) {
                unannounced.add("request " + request + " without an intent");
            }
            proxy.leaves(number);
            Reply reply = transport.send(request.withHeader(FaultProxy.ATTEMPT, Long.toString(number)), account);
            replies.put(number, reply);
            if (reply instanceof Reply.NotSent) {
                proxy.refused();
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reply login() {
        return transport.login();
    }

    /** What was told of an attempt. */
    Told told(long attempt) {
        return switch (replies.get(attempt)) {
            case Reply.Answer answer -> Told.ANSWER;
            case Reply.Lost lost -> Told.LOST;
            case Reply.NotSent not -> Told.NOT_SENT;
            case null -> throw new AssertionError("no attempt " + attempt);
        };
    }

    /** Every claim about an attempt that is not true, and every request that nothing announced. */
    synchronized List<String> wrong() {
        List<String> wrong = new ArrayList<>(unannounced);
        replies.forEach((number, reply) -> {
            Truth truth = proxy.truth(number);
            switch (reply) {
                case Reply.NotSent not -> {
                    if (truth.hasReached()) {
                        wrong.add("attempt " + number + " was called not sent (" + not.reason() + "), and it arrived");
                    }
                }
                case HttpAnswer answer -> {
                    if (!truth.answers().contains(new Truth.Given(answer.status(), answer.body()))) {
                        wrong.add("attempt " + number + " has an answer that nobody gave: status " + answer.status()
                                + ", " + answer.body());
                    }
                }
                case Reply.Answer foreign -> wrong.add("attempt " + number + " was answered, and not by HTTP");
                case Reply.Lost lost -> {}
            }
        });
        return wrong;
    }

    @Override
    public void close() {
        transport.close();
    }
}
