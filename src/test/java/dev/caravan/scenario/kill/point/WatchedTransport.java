package dev.caravan.scenario.kill.point;

import dev.caravan.transport.Gate;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request;
import dev.caravan.transport.Request.Replay;
import dev.caravan.transport.Transport;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A transport whose every request has three points: {@code send:before}, {@code send:left} when it was begun and goes on meanwhile, and
 * {@code send:after}; {@code ask} of one that only reads.
 */
public final class WatchedTransport implements Transport {

    private final Transport behind;
    private final Tripwire wire;
    private final ExecutorService leaving =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    /** Watches one. */
    public WatchedTransport(Transport behind, Tripwire wire) {
        this.behind = behind;
        this.wire = wire;
    }

    @Override
    public Reply send(Request request, String account) {
        return send(request, account, Gate.OPEN);
    }

    @Override
    public Reply send(Request request, String account, Gate gate) {
        String name = request.replay() == Replay.READ ? "ask" : "send";
        wire.pass(name + ":before");
        Reply reply = wire.point().equals(name + ":left")
                ? left(name, request, account, gate)
                : behind.send(request, account, gate);
        wire.pass(name + ":after");
        return reply;
    }

    private Reply left(String name, Request request, String account, Gate gate) {
        Future<Reply> reply = leaving.submit(() -> behind.send(request, account, gate));
        wire.pass(name + ":left");
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Lost("interrupted", 1);
        }
    }

    @Override
    public Reply login() {
        return behind.login();
    }

    @Override
    public Reply login(Gate gate) {
        return behind.login(gate);
    }

    @Override
    public void close() {
        leaving.shutdownNow();
        behind.close();
    }
}
