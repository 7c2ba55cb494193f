package dev.caravan.transport.camel;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Connections that rest for a moment after each answer, and are not used again once something came that nobody asked for. HTTP/1.1
 * takes whatever comes first after a request for its answer, so that a second copy of the answer before would be told as that of a
 * request which may have been refused.
 */
final class RestingPool extends DuplexConnectionPool {

    /** A copy comes right behind its answer. Nobody waits for this time, since there are connections to spare. */
    private static final long REST_MILLIS = 5;

    private final HttpDestination destination;

    RestingPool(Destination destination, int most) {
        super(destination, most);
        this.destination = (HttpDestination) destination;
    }

    @Override
    public boolean release(Connection connection) {
        destination
                .getHttpClient()
                .getScheduler()
                .schedule(() -> rested(connection), REST_MILLIS, TimeUnit.MILLISECONDS);
        return true;
    }

    private void rested(Connection connection) {
        if (super.release(connection)) {
            destination.send();
        } else {
            connection.close();
        }
    }

    @Override
    protected @Nullable Connection activate() {
        Connection connection = super.activate();
        while (connection != null && hasSpoken(connection)) {
            remove(connection);
            connection.close();
            connection = super.activate();
        }
        return connection;
    }

    private static boolean hasSpoken(Connection connection) {
        EndPoint end = connection instanceof org.eclipse.jetty.io.Connection io ? io.getEndPoint() : null;
        while (end instanceof EndPoint.Wrapper wrapper) {
            end = wrapper.unwrap();
        }
        try {
            return end instanceof SocketChannelEndPoint socket
                    && socket.getChannel().socket().getInputStream().available() > 0;
        } catch (IOException closed) {
            return true;
        }
    }
}
