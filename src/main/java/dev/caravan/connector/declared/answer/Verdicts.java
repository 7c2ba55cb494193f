package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.ErrorClass;
import dev.caravan.connector.declared.spec.ErrorRule;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads replies that tell nothing of rows: by the connector's rules, else by what HTTP says. */
public final class Verdicts {

    private Verdicts() {}

    /** The verdict of a reply, be it an answer or none. */
    public static Verdict of(ConnectorSpec spec, Reply reply, Map<String, String> variables) {
        return switch (reply) {
            case Reply.NotSent notSent ->
                new Verdict.NotApplied(new Outcome.Deferred(notSent.reason(), notSent.notBefore()), true);
            case Reply.Lost lost -> new Verdict.Unclear(lost.reason());
            case HttpAnswer answer -> of(spec, Answered.of(answer, variables).subject());
            case Reply.Answer foreign -> new Verdict.Unclear("malformed");
        };
    }

    /** Whether a step that carries no result was taken: a 2xx that no rule speaks against. */
    public static boolean done(ConnectorSpec spec, Reply reply, Map<String, String> variables) {
        return reply instanceof HttpAnswer answer
                && answer.ok()
                && rule(spec, Answered.of(answer, variables).subject()).isEmpty();
    }

    /**
     * The verdict of a step that has touched no row yet, whatever became of it: an answer that is lost or unclear means another try.
     *
     * @param otherwise the stable word for that
     */
    public static Verdict untouched(ConnectorSpec spec, Reply reply, Map<String, String> variables, String otherwise) {
        return switch (of(spec, reply, variables)) {
            case Verdict.NotApplied not -> not;
            case Verdict.Refused refused -> refused;
            case Verdict.SoAlready already -> again(otherwise);
            case Verdict.Unclear unclear -> again(otherwise);
        };
    }

    private static Verdict again(String reason) {
        return new Verdict.NotApplied(new Outcome.Deferred(reason, Optional.empty()), false);
    }

    /** The verdict of an answer that no operation could read. */
    static Verdict of(ConnectorSpec spec, Subject subject) {
        return rule(spec, subject).map(rule -> of(rule, subject)).orElseGet(() -> byStatus(subject));
    }

    /** The first rule that holds of an answer. */
    static Optional<ErrorRule> rule(ConnectorSpec spec, Subject subject) {
        return spec.errors().stream().filter(rule -> rule.when().holds(subject)).findFirst();
    }

    private static Verdict of(ErrorRule rule, Subject subject) {
        Optional<Instant> dated = Waits.dated(rule.waits(), subject);
        ErrorClass errorClass = rule.errorClass();
        return switch (errorClass) {
            case DATA, CONFLICT, POLICY, CONFIG ->
                new Verdict.Refused(said(rule, subject), errorClass, rule.together());
            case TRANSIENT -> new Verdict.NotApplied(new Outcome.Deferred("transient", dated), false);
            case RATE -> new Verdict.NotApplied(new Outcome.Deferred("busy", dated), true);
            case QUOTA -> new Verdict.NotApplied(new Outcome.Deferred("quota", dated), true);
            case AUTH -> new Verdict.NotApplied(new Outcome.Deferred("auth", dated), true);
            case UNKNOWN -> new Verdict.Unclear("http_" + subject.status());
            case UNCHANGED -> new Verdict.SoAlready(said(rule, subject));
        };
    }

    private static Said said(ErrorRule rule, Subject subject) {
        Map<String, String> variables = subject.variables();
        return new Said(
                Said.words(rule.code(), subject.found(), variables).orElse("http_" + subject.status()),
                Said.words(rule.message(), subject.found(), variables).orElse(""),
                Said.words(rule.field(), subject.found(), variables),
                Optional.empty());
    }

    private static Verdict byStatus(Subject subject) {
        int status = subject.status();
        if (status == 401) {
            return new Verdict.NotApplied(new Outcome.Deferred("auth", Optional.empty()), true);
        }
        if (status == 429) {
            return new Verdict.NotApplied(new Outcome.Deferred("busy", Waits.dated(List.of(), subject)), true);
        }
        return new Verdict.Unclear(status >= 200 && status < 300 ? "malformed" : "http_" + status);
    }
}
