package dev.caravan.connector.jdbc;

import dev.caravan.connector.jdbc.sql.Dialect;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.Reply;
import dev.caravan.transport.SqlAnswer;
import java.time.Instant;
import java.util.Optional;

/** What replies say about the database as a whole. */
final class Signals {

    private Signals() {}

    static Signal of(Dialect dialect, Reply reply) {
        return switch (reply) {
            case Reply.Lost lost -> state(State.TROUBLED);
            case Reply.NotSent not -> new Signal(unsent(not.reason()), not.notBefore(), Optional.empty());
            case SqlAnswer answer ->
                state(answer.refusal()
                        .map(refusal -> switch (dialect.errors().of(refusal)) {
                            case QUOTA -> State.EXHAUSTED;
                            case AUTH -> State.LOCKED_OUT;
                            case DATA, CONFLICT, POLICY, CONFIG, TRANSIENT -> State.WELL;
                        })
                        .orElse(State.WELL));
            case Reply.Answer foreign -> state(State.TROUBLED);
        };
    }

    private static Signal state(State state) {
        return new Signal(state, Optional.<Instant>empty(), Optional.empty());
    }

    private static State unsent(String reason) {
        return switch (reason) {
            case "login", "account" -> State.LOCKED_OUT;
            case "quota" -> State.EXHAUSTED;
            case "refused" -> State.TROUBLED;
            default -> State.BUSY;
        };
    }
}
