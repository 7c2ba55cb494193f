package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.ErrorRule;
import dev.caravan.connector.declared.spec.Wait;
import dev.caravan.destination.Signal;
import dev.caravan.destination.Signal.State;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What replies say of the connection as a whole: how the destination is, until when it wants to be left alone, what is left. */
public final class Signals {

    private Signals() {}

    /** The signal of a reply that came just now. */
    public static Signal of(ConnectorSpec spec, Reply reply, Instant now) {
        return switch (reply) {
            case Reply.Lost lost -> new Signal(State.TROUBLED, Optional.empty(), Optional.empty());
            case Reply.NotSent notSent -> new Signal(unsent(notSent.reason()), notSent.notBefore(), Optional.empty());
            case HttpAnswer answer -> of(spec, Answered.of(answer, Map.of()).subject(), now);
            case Reply.Answer foreign -> new Signal(State.TROUBLED, Optional.empty(), Optional.empty());
        };
    }

    private static Signal of(ConnectorSpec spec, Subject subject, Instant now) {
        Optional<ErrorRule> rule = Verdicts.rule(spec, subject);
        List<Wait> waits = rule.map(ErrorRule::waits).orElse(List.of());
        Allowances allowances = new Allowances(spec.limits(), subject, now);
        return new Signal(
                rule.map(Signals::state).orElseGet(() -> state(subject.status())),
                Waits.until(waits, subject, now),
                allowances.quota(),
                allowances.window());
    }

    /** What we held back ourselves says nothing new of the destination, but is no sign of health either. */
    private static State unsent(String reason) {
        return switch (reason) {
            case "login", "account" -> State.LOCKED_OUT;
            case "quota" -> State.EXHAUSTED;
            case "refused" -> State.TROUBLED;
            default -> State.BUSY;
        };
    }

    private static State state(ErrorRule rule) {
        if (rule.alone()) {
            return State.WELL;
        }
        return switch (rule.errorClass()) {
            case RATE -> State.BUSY;
            case QUOTA -> State.EXHAUSTED;
            case AUTH -> State.LOCKED_OUT;
            case TRANSIENT, UNKNOWN -> State.TROUBLED;
            case DATA, CONFLICT, POLICY, CONFIG, UNCHANGED -> State.WELL;
        };
    }

    private static State state(int status) {
        if (status == 401) {
            return State.LOCKED_OUT;
        }
        if (status == 429) {
            return State.BUSY;
        }
        return status == 408 || status >= 500 ? State.TROUBLED : State.WELL;
    }
}
