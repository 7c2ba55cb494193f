package dev.caravan.transport.camel.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that can be asked, without waiting, whether something came on it that nobody had asked for. HTTP/1.1 takes whatever comes
 * first after a request for its answer, so that a second copy of the answer before would be told as that of a request which may have been
 * refused. Unlike the client's own it has no log lines: those would print tokens.
 */
final class WireConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);
    /** More than any API sends, and no more than memory holds: a header may be as long, and there may be as many. */
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(500)
            .build();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean peeking;
    private volatile Timeout socketTimeout = Timeout.DISABLED;

    WireConnection() {
        super(BOUNDS);
    }

    /** Whether there is anything to read, on a connection at rest. */
    boolean hasSpoken() throws IOException {
        SocketHolder holder = getSocketHolder();
        if (holder == null) {
            return true;
        }
        // What TLS has not unpacked yet is seen below it alone. Right after the handshake it speaks of its own accord.
        boolean below = holder.getSSLSocket() != null
                && getEndpointDetails().getRequestCount() > 0
                && holder.getBaseSocket().getInputStream().available() > 0;
        if (below) {
            return true;
        }
        peeking = true;
        try {
            return isDataAvailable(AT_ONCE);
        } finally {
            peeking = false;
        }
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new Peekable(socket));
    }

    @Override
    public void bind(SSLSocket secure, Socket socket) throws IOException {
        bind(new Peekable(secure, socket));
    }

    @Override
    protected void bind(SocketHolder holder) throws IOException {
        if (closed.get()) {
            holder.getSocket().close();
            throw new SocketTimeoutException("closed while it came up");
        }
        super.bind(holder);
        socketTimeout = Timeout.ofMilliseconds(holder.getSocket().getSoTimeout());
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public @Nullable SSLSession getSSLSession() {
        return getSocket() instanceof SSLSocket secure ? secure.getSession() : null;
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            super.close();
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (closed.compareAndSet(false, true)) {
            super.close(mode);
        }
    }

    /** A socket whose input does not wait while we peek. */
    private final class Peekable extends SocketHolder {

        Peekable(Socket socket) {
            super(socket);
        }

        Peekable(SSLSocket secure, Socket socket) {
            super(secure, socket);
        }

        @Override
        protected InputStream getInputStream(Socket socket) throws IOException {
            return new FilterInputStream(socket.getInputStream()) {
                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (peeking && available() == 0) {
                        throw new SocketTimeoutException("nothing there");
                    }
                    return super.read(bytes, from, length);
                }
            };
        }
    }
}
