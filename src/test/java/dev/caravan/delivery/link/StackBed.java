package dev.caravan.delivery.link;

import static dev.caravan.delivery.ScriptedTransport.answer;

import dev.caravan.delivery.FakeDestination;
import dev.caravan.delivery.HeldTime;
import dev.caravan.delivery.MemorySpending;
import dev.caravan.delivery.ScriptedTransport;
import dev.caravan.destination.Destination;
import dev.caravan.destination.Signal;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.HttpRequest.Method;
import dev.caravan.transport.Reply;
import dev.caravan.transport.Request.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The stack of one connection on a held clock, before a wire whose replies are written down. */
abstract class StackBed {

    static final long SEED = 20260301;

    final HeldTime held = new HeldTime();
    final ScriptedTransport wire = new ScriptedTransport(answer(200));
    final AtomicReference<String> stop = new AtomicReference<>();
    final AtomicLong requests = new AtomicLong();
    final List<String> told = new ArrayList<>();
    final MemorySpending spending = new MemorySpending();
    SenderStack stack = stack(new ConnectionLimits(1000, 4, 0.7));

    final SenderStack stack(ConnectionLimits limits) {
        return stack(limits, new FakeDestination());
    }

    final SenderStack stack(ConnectionLimits limits, Destination destination) {
        return new SenderStack(
                "crm", destination, limits, spending, held.time(), new Random(SEED), new DeliveryMeters() {
                    @Override
                    public void request(String connection, Signal.State state, int count, Duration took) {
                        told.add("request " + state);
                    }

                    @Override
                    public void retry(String connection, String reason) {
                        told.add("retry " + reason);
                    }

                    @Override
                    public void breaker(String connection, String state) {
                        told.add("breaker " + state);
                    }

                    @Override
                    public void concurrency(String connection, int limit) {
                        told.add("concurrency " + limit);
                    }

                    @Override
                    public void retryBudget(String connection, double left) {
                        told.add("budget " + left);
                    }

                    @Override
                    public void quota(String connection, double share) {
                        told.add("quota " + share);
                    }
                });
    }

    final Sender sender() {
        return stack.over(
                request -> wire.send(request, ""), () -> Optional.ofNullable(stop.get()), requests::addAndGet);
    }

    final Reply send(Replay replay) {
        return sender().send(new HttpRequest(
                Method.POST, "/x", Map.of(), Body.of("{}"), "application/json", replay, Duration.ofSeconds(5)));
    }

    /** Sends rows that must leave within so long. */
    final Reply send(Duration within, Replay replay) {
        return stack.over(
                        request -> wire.send(request, ""),
                        StopSignal.NEVER,
                        Deadline.in(held.time(), within),
                        requests::addAndGet)
                .send(new HttpRequest(
                        Method.POST, "/x", Map.of(), Body.of("{}"), "application/json", replay, Duration.ofSeconds(5)));
    }

    static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
