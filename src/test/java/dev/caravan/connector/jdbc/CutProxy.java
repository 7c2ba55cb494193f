package dev.caravan.connector.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A way to a database that can be cut: before or after the piece with certain words reaches the server. */
final class CutProxy implements AutoCloseable {

    /** Where the way is cut. */
    enum Cut {
        NEVER,
        BEFORE,
        /** The server gets it, and its answer is lost. */
        AFTER
    }

    private final ServerSocket door;
    private final int server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicBoolean muted = new AtomicBoolean();
    private final BlockingQueue<Integer> answered = new LinkedBlockingQueue<>();
    private volatile Cut cut = Cut.NEVER;
    private volatile String words = "";

    CutProxy(int server) {
        this.server = server;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void cut(Cut where, String atWords) {
        words = atWords;
        cut = where;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), server);
                open.addAll(List.of(client, onward));
                Thread.ofVirtual().start(() -> forth(client, onward));
                Thread.ofVirtual().start(() -> back(client, onward));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void forth(Socket client, Socket onward) {
        byte[] piece = new byte[1 << 16];
        try (client;
                onward;
                InputStream in = client.getInputStream();
                OutputStream out = onward.getOutputStream()) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                boolean here = cut != Cut.NEVER && new String(piece, 0, n, StandardCharsets.ISO_8859_1).contains(words);
                if (here && cut == Cut.BEFORE) {
                    return;
                }
                muted.set(here);
                out.write(piece, 0, n);
                out.flush();
                if (here) {
                    answered.take();
                    return;
                }
            }
        } catch (IOException gone) {
            // The other side is told by closing both.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void back(Socket client, Socket onward) {
        byte[] piece = new byte[1 << 16];
        try {
            InputStream in = onward.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                if (muted.getAndSet(false)) {
                    answered.add(n);
                    return;
                }
                out.write(piece, 0, n);
                out.flush();
            }
        } catch (IOException gone) {
            // As above.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
