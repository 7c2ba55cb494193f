package dev.caravan.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.sandbox.fault.FaultAction;
import dev.caravan.sandbox.fault.Faults;
import dev.caravan.sandbox.fault.Probe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one socket, on 127.0.0.1 only. Each request has a virtual thread; latency is slept there, so requests wait side by
 * side. Paths under {@code /__sandbox} go to the control API without latency, faults or counting; all others to the API.
 */
public final class LocalServer implements AutoCloseable {

    /** Where the control API lives. */
    public static final String CONTROL_PREFIX = "/__sandbox";

    private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);

    static {
        // Else a small answer waits 40 ms for the peer's acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong numbers = new AtomicLong();
    private final InstantSource clock;
    private final Faults faults;
    private final RequestLog log;
    private final Api api;
    private final Api control;
    private volatile Duration latency;

    /** Binds the port (0 for any free one) and starts to answer. */
    public LocalServer(int port, Duration latency, InstantSource clock, Faults faults, RequestLog log, Apis apis)
            throws IOException {
        this.latency = latency;
        this.clock = clock;
        this.faults = faults;
        this.log = log;
        this.api = apis.api();
        this.control = apis.control();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 256);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The two APIs a server answers for. */
    public record Apis(Api api, Api control) {}

    /** The server's root, without a trailing slash. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Duration latency() {
        return latency;
    }

    public void latency(Duration value) {
        this.latency = value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Wire wire = new Wire(exchange);
        if (exchange.getRequestURI().getPath().startsWith(CONTROL_PREFIX)) {
            wire.send(carryOut(control, wire.read(0, clock.instant())));
            return;
        }
        Request request = wire.read(numbers.incrementAndGet(), clock.instant());
        Operation operation = api.operation(request);
        Probe probe =
                new Probe(request.method(), request.path(), operation.object(), operation.name(), operation.kind());
        Optional<FaultAction> fault = faults.take(probe);
        Pauses.sleep(latency.dividedBy(2));
        Optional<Reply> reply = carryOut(request, fault);
        // Logged before it is sent: who has the answer finds the request counted.
        log.add(new RequestLog.Entry(
                request.number(),
                clock.instant(),
                request.method(),
                request.path(),
                operation.name(),
                reply.map(Reply::status).orElse(0),
                fault.map(action -> action.getClass().getSimpleName()).orElse("")));
        Pauses.sleep(latency.minus(latency.dividedBy(2)));
        if (reply.isPresent()) {
            send(wire, reply.get(), fault);
        } else {
            wire.drop();
        }
    }

    /** Has the request answered, with what a fault makes of it; empty when the connection is to be closed instead. */
    private Optional<Reply> carryOut(Request request, Optional<FaultAction> fault) throws IOException {
        return switch (fault.orElse(null)) {
            case null -> Optional.of(carryOut(api, request));
            case FaultAction.Effect effect -> Optional.of(carryOut(api, request.with(effect)));
            case FaultAction.Respond respond -> Optional.of(Canned.reply(respond, clock.instant()));
            case FaultAction.Reset reset -> Optional.empty();
            case FaultAction.LoseAnswer lose -> {
                carryOut(api, request);
                yield Optional.empty();
            }
            case FaultAction.Truncate truncate -> Optional.of(carryOut(api, request));
            case FaultAction.Slow slow -> Optional.of(carryOut(api, request));
        };
    }

    private static void send(Wire wire, Reply reply, Optional<FaultAction> fault) throws IOException {
        switch (fault.orElse(null)) {
            case FaultAction.Truncate truncate -> wire.sendHalf(reply);
            case FaultAction.Slow slow -> wire.drip(reply, slow);
            case FaultAction.Effect effect -> wire.send(reply);
            case FaultAction.Respond respond -> wire.send(reply);
            case FaultAction.Reset reset -> wire.drop();
            case FaultAction.LoseAnswer lose -> wire.drop();
            case null -> wire.send(reply);
        }
    }

    // A defect in an API must still end as an answer, and be seen in the log of the process.
    private static Reply carryOut(Api api, Request request) throws IOException {
        FutureTask<Reply> task = new FutureTask<>(() -> api.answer(request));
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            LOG.error("Request {} {} broke down", request.method(), request.path(), e.getCause());
            return api.brokenDown(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The sandbox is closing");
        }
    }
}
