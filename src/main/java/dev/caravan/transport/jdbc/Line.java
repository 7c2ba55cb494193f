package dev.caravan.transport.jdbc;

import java.sql.Connection;

/**
 * A connection to the server.
 *
 * @param account who answers at its other end
 * @param packet how much fits into one message to it
 * @param usedAt when it was last given back, by the monotonic clock
 */
record Line(Connection connection, String account, Packet packet, long usedAt) {

    Line usedNow(long nanos) {
        return new Line(connection, account, packet, nanos);
    }
}
