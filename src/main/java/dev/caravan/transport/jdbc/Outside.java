package dev.caravan.transport.jdbc;

import dev.caravan.transport.Reply;
import java.sql.SQLException;
import java.util.Optional;

/** Why there is no connection. The driver's words stay out; they may name the user. */
final class Outside {

    private Outside() {}

    static Reply.NotSent of(SQLException failure) {
        String state = Failure.refusal(failure).state();
        return switch (state.substring(0, 2)) {
            case "28" -> notSent("login", "the server refuses user or password (" + state + ")");
            case "3D" -> notSent("login", "the server has no such database (" + state + ")");
            case "42" -> notSent("login", "the server does not let this user into the database (" + state + ")");
            case "55" -> notSent("refused", "the file is open elsewhere, in another process or to be read");
            case "53" -> notSent("refused", "the server takes no more connections (" + state + ")");
            default -> notSent("refused", "the server cannot be reached (" + state + ")");
        };
    }

    private static Reply.NotSent notSent(String reason, String detail) {
        return new Reply.NotSent(reason, detail, Optional.empty(), 1);
    }
}
