package dev.caravan.transport.jdbc;

import dev.caravan.row.Value;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * How much fits into one message to a server. One that takes no more closes the connection on a longer message, and with it all rows are lost
 * that go beside that row; so such a row is refused before.
 *
 * @param bytes the most
 */
record Packet(long bytes) {

    /** As databases say it of a text that is too long. */
    private static final String TOO_LONG = "22001";

    /** MySQL's number for it. */
    private static final int TOO_LARGE = 1153;

    /** What a message has beside its values: its head, and of each value the type, the length and whether it is null. */
    private static final int HEAD = 64;

    private static final int EACH = 16;

    /** What the server at the other end takes. */
    static Packet ask(Connection connection, JdbcSettings settings) throws SQLException {
        if (settings.dialect() != JdbcSettings.Driver.MYSQL) {
            return new Packet(Long.MAX_VALUE);
        }
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT @@max_allowed_packet")) {
            return new Packet(found.next() ? found.getLong(1) : Long.MAX_VALUE);
        }
    }

    /** Throws for values that do not fit together. */
    void check(List<Value> row) throws SQLException {
        if (bytes < Long.MAX_VALUE && size(row) >= bytes) {
            throw new SQLException(
                    "the row is larger than max_allowed_packet, " + bytes + " bytes", TOO_LONG, TOO_LARGE);
        }
    }

    private static long size(List<Value> row) {
        long size = HEAD;
        for (Value value : row) {
            size += EACH + (value instanceof Value.Binary binary ? binary.size() : utf8(value.text()));
        }
        return size;
    }

    /** Without making the bytes of what is short in any case. */
    private static long utf8(String text) {
        return text.length() < HEAD ? 3L * text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
