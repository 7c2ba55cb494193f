package dev.caravan.scenario.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that spoils the n-th request of those that bear an attempt's number, and remembers what
 * really became of each. Requests without a number, such as log-ins, pass.
 */
final class FaultProxy implements AutoCloseable {

    /** Bears the number; the server ignores it. */
    static final String ATTEMPT = "x-attempt";

    private static final int REFUSALS = 2;
    /** By then a client has noticed that its idle connection was closed. */
    private static final Duration NOTICED = Duration.ofMillis(5);

    private final int server;
    private final int port;
    private final AtomicInteger busy = new AtomicInteger();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final Map<Long, Truth> truths = new ConcurrentHashMap<>();
    private @Nullable ServerSocket listener;
    /** Keeps the port while nobody listens on it, so that nobody else gets it. */
    private @Nullable Socket holder;

    private @Nullable Trouble armed;
    private int left;
    private long struck;
    private @Nullable Passage strike;
    private int refusals;
    private boolean patient;
    private volatile boolean chunked;

    FaultProxy(int server) throws IOException {
        this.server = server;
        ServerSocket first = listen(0);
        this.port = first.getLocalPort();
        this.listener = first;
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                clients.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (SocketException closed) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            boolean open = true;
            while (open) {
                Optional<Message> request = Message.read(client.getInputStream());
                open = request.isPresent() && passed(client, request.get());
            }
        } catch (IOException broken) {
            // The other side broke off: that is what all this is about.
        } finally {
            clients.remove(client);
        }
    }

    /** Whether the connection may be used again. */
    private boolean passed(Socket client, Message request) throws IOException {
        busy.incrementAndGet();
        try {
            long attempt = request.header(ATTEMPT).map(Long::valueOf).orElse(0L);
            Optional<Trouble> trouble = attempt == 0 ? Optional.empty() : due(attempt);
            Passage passage = new Passage(this, client, server, truth(attempt), chunked);
            trouble.ifPresent(fault -> struckBy(passage));
            return passage.pass(request, trouble);
        } finally {
            busy.decrementAndGet();
        }
    }

    /**
     * Spoils one request from now on.
     *
     * @param nth counts from 0
     */
    synchronized void arm(Trouble trouble, int nth) {
        armed = trouble;
        left = nth;
        struck = 0;
        strike = null;
        refusals = 0;
        patient = trouble.column() % 2 == 0;
    }

    /** Whether answers come in chunks from now on. */
    void chunked(boolean value) {
        chunked = value;
    }

    /** A refused connection has no request that could be waited for. */
    private static boolean beforehand(Trouble trouble) {
        return trouble.fault() == Fault.REFUSE && trouble.position() == Position.BEFORE_FIRST_BYTE;
    }

    /** An attempt is about to leave. */
    synchronized void leaves(long attempt) throws IOException {
        Trouble trouble = armed;
        if (trouble != null && beforehand(trouble) && left == 0) {
            armed = null;
            struck = attempt;
            refuse();
            for (Socket client : clients) {
                client.close();
            }
            LockSupport.parkNanos(NOTICED.toNanos());
        }
    }

    private synchronized Optional<Trouble> due(long attempt) {
        Trouble trouble = armed;
        if (trouble == null) {
            return Optional.empty();
        }
        if (left-- > 0) {
            return Optional.empty();
        }
        armed = null;
        struck = attempt;
        return Optional.of(trouble);
    }

    /** Refuses new connections until two were refused, or until {@link #calm}. */
    synchronized void refuse() throws IOException {
        ServerSocket open = listener;
        if (open != null) {
            open.close();
            listener = null;
            holder = hold();
        }
    }

    /** A closed listener keeps the port until its thread has let go of it. */
    private Socket hold() throws IOException {
        for (int tries = 0; ; tries++) {
            Socket mark = new Socket();
            try {
                mark.setReuseAddress(true);
                mark.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return mark;
            } catch (BindException busy) {
                mark.close();
                if (tries > 1_000) {
                    throw busy;
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    /** Tells that a connection was refused. */
    synchronized void refused() throws IOException {
        if (++refusals >= REFUSALS && !patient) {
            reopen();
        }
    }

    private void reopen() throws IOException {
        if (listener == null) {
            listener = listen(port);
            Socket mark = holder;
            if (mark != null) {
                mark.close();
                holder = null;
            }
        }
    }

    /** The end of all faults. */
    synchronized void calm() throws IOException {
        armed = null;
        reopen();
    }

    /** The attempt that was struck; 0 if none was yet. */
    synchronized long struck() {
        return struck;
    }

    private synchronized void struckBy(Passage passage) {
        strike = passage;
    }

    /** Whether the struck request itself arrived whole; what was sent again under its number does not count. */
    synchronized boolean struckArrived() {
        Passage passage = strike;
        return passage != null && passage.arrived();
    }

    /** What became of an attempt. */
    Truth truth(long attempt) {
        return truths.computeIfAbsent(attempt, number -> new Truth());
    }

    /** Waits until no request is under way any more, not even one that its client has given up. */
    void awaitQuiet() throws InterruptedException {
        for (int waits = 0; busy.get() > 0; waits++) {
            if (waits > 5_000) {
                throw new AssertionError("a request is under way for ever");
            }
            Thread.sleep(1);
        }
    }

    String uri() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public synchronized void close() throws IOException {
        ServerSocket open = listener;
        if (open != null) {
            open.close();
        }
        Socket mark = holder;
        if (mark != null) {
            mark.close();
        }
        for (Socket client : clients) {
            client.close();
        }
    }
}
