package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.select.Condition;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.AnswerRule;
import dev.caravan.connector.declared.spec.ErrorRule;
import dev.caravan.transport.HttpAnswer;
import java.util.List;

/**
 * Which answers refuse a request as a whole, so that it may be sent again. An answer that speaks of its rows never does, whatever
 * an error rule finds in it: it may have written some of them.
 *
 * @param speaking the answers that speak of rows
 */
public record Whole(Errand errand, List<Condition> speaking) {

    public Whole {
        speaking = List.copyOf(speaking);
    }

    /** Of a step that carries no rows, or does nothing with them yet. */
    public static Whole step(Errand errand) {
        return new Whole(errand, List.of());
    }

    /** Of a request whose rows these rules answer for. */
    public static Whole of(Errand errand, List<AnswerRule> answers) {
        return new Whole(errand, answers.stream().map(AnswerRule::when).toList());
    }

    /** Whether nothing of the request was applied. */
    public boolean refused(HttpAnswer answer) {
        Subject subject = Answered.of(answer, errand.variables()).subject();
        if (speaking.stream().anyMatch(when -> when.holds(subject))) {
            return false;
        }
        return Verdicts.rule(errand.spec(), subject)
                .map(Whole::refuses)
                .orElseGet(() -> !answer.ok() || expired(subject));
    }

    private static boolean refuses(ErrorRule rule) {
        return switch (rule.errorClass()) {
            case DATA, CONFLICT, POLICY, CONFIG, TRANSIENT, RATE, QUOTA, AUTH -> true;
            case UNKNOWN, UNCHANGED -> false;
        };
    }

    private boolean expired(Subject subject) {
        return errand.spec()
                .auth()
                .tokens()
                .filter(tokens -> tokens.expired().holds(subject))
                .isPresent();
    }
}
