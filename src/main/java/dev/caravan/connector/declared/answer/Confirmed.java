package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Found;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.ConfirmSpec;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads whether rows are as they should be of which an answer said nothing. What is not confirmed stays unknown. */
public final class Confirmed {

    private static final Outcome SILENT = new Outcome.Unknown(Claims.UNACCOUNTED);

    private Confirmed() {}

    /** The rows of which an answer that could be read said nothing. */
    public static List<Item> silent(Reply reply, Interpreter.Read read, List<Item> items) {
        return reply instanceof HttpAnswer && read.ends().isEmpty()
                ? items.stream()
                        .filter(item -> SILENT.equals(read.outcomes().get(item.index())))
                        .toList()
                : List.of();
    }

    /** Those of them that are as they should be, by place in the batch. */
    public static Map<Integer, Outcome> read(Errand errand, ConfirmSpec confirm, Reply reply, List<Item> items) {
        Map<Integer, Outcome> confirmed = new LinkedHashMap<>();
        told(errand, confirm, reply).ifPresent(answer -> {
            Finder finder = Finder.byKey(items, errand.ignoresCase());
            for (Found node : confirm.rows().all(answer.found(), answer.variables())) {
                Subject record = answer.at(node);
                if (confirm.holds().holds(record)) {
                    confirm.match()
                            .text(node, answer.variables())
                            .flatMap(key -> finder.find(key, 0))
                            .ifPresent(item -> confirmed.put(item.index(), Acceptance.already(errand, item)));
                }
            }
        });
        return confirmed;
    }

    private static Optional<Subject> told(Errand errand, ConfirmSpec confirm, Reply reply) {
        return reply instanceof HttpAnswer answer
                ? Optional.of(Answered.of(answer, errand.variables()))
                        .filter(Answered::structured)
                        .map(Answered::subject)
                        .filter(confirm.when()::holds)
                : Optional.empty();
    }
}
