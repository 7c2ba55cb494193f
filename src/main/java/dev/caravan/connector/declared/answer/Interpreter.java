package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.AnswerRule;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.connector.declared.spec.Mentions;
import dev.caravan.destination.Outcome;
import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the reply to a request that carried rows. */
public final class Interpreter {

    private static final Outcome BROKEN = new Outcome.Unknown("malformed");
    private static final Outcome OTHER_RECORD = new Outcome.Unknown("other_record");

    private Interpreter() {}

    /**
     * What a reply comes to.
     *
     * @param outcomes one a row, by place in the batch
     * @param ends the verdict after which nothing more needs to be sent; empty to go on
     */
    public record Read(Map<Integer, Outcome> outcomes, Optional<Verdict> ends) {}

    /** Reads a reply by the first rule whose condition holds, else as one to the whole request. */
    public static Read read(Errand errand, List<AnswerRule> answers, Reply reply, List<Item> items) {
        if (reply instanceof HttpAnswer answer) {
            Answered answered = Answered.of(answer, errand.variables());
            Optional<Map<Integer, Outcome>> told = told(errand, answers, answered, items);
            if (told.isPresent()) {
                return new Read(told.get(), Optional.empty());
            }
        }
        Verdict verdict = Verdicts.of(errand.spec(), reply, errand.variables());
        return new Read(verdict.outcomes(errand, items), Optional.of(verdict).filter(Verdict::ends));
    }

    /** What an answer says of rows by the first rule whose condition holds; empty if none does. */
    public static Optional<Map<Integer, Outcome>> told(
            Errand errand, List<AnswerRule> answers, Answered answered, List<Item> items) {
        return answers.stream()
                .filter(one -> one.when().holds(answered.subject()))
                .findFirst()
                .map(rule -> joined(errand, rule, answered, items));
    }

    private static Map<Integer, Outcome> joined(Errand errand, AnswerRule rule, Answered answered, List<Item> items) {
        Subject answer = answered.subject();
        Map<Integer, Outcome> outcomes = switch (rule.join()) {
            case Join.Position position -> Positions.join(errand, items, position, answer);
            case Join.Key key ->
                mentions(errand, key.mentions(), answered, items, Finder.byKey(items, errand.ignoresCase()));
            case Join.RemoteId id -> mentions(errand, id.mentions(), answered, items, Finder.byId(items));
            case Join.TraceId trace -> mentions(errand, trace.mentions(), answered, items, Finder.byTrace(items));
            case Join.ErrorPathIndex index ->
                mentions(errand, index.mentions(), answered, items, Finder.byPlace(items));
            case Join.Counts counts -> Counting.join(errand, items, counts, answer);
            case Join.Single single when !answered.broken() -> single(errand, single, answer, items);
            case Join.All all when !answered.broken() -> all(errand, all, answer, items);
            case Join.Single broken -> Item.all(items, BROKEN);
            case Join.All broken -> Item.all(items, BROKEN);
        };
        return Counting.checked(rule.counts(), answer, items, outcomes);
    }

    private static Map<Integer, Outcome> mentions(
            Errand errand, Mentions mentions, Answered answered, List<Item> items, Finder finder) {
        Claims claims = new Claims(errand, items);
        if (!answered.structured()) {
            claims.doubt();
        }
        claims.read(mentions.ok(), mentions.fail(), answered.subject(), finder);
        Map<Integer, Outcome> outcomes = claims.settle(mentions.rest());
        if (mentions.byId()) {
            items.forEach(item -> outcomes.computeIfPresent(
                    item.index(), (index, outcome) -> ofAnother(item, outcome) ? OTHER_RECORD : outcome));
        }
        return outcomes;
    }

    private static boolean ofAnother(Item item, Outcome outcome) {
        return (outcome instanceof Outcome.Accepted yes && another(item, Optional.ofNullable(yes.remoteId())))
                || (outcome instanceof Outcome.Unchanged same && another(item, Optional.ofNullable(same.remoteId())));
    }

    private static boolean another(Item item, Optional<String> told) {
        return told.isPresent() && item.id().isPresent() && !told.equals(item.id());
    }

    private static Map<Integer, Outcome> single(Errand errand, Join.Single single, Subject answer, List<Item> items) {
        if (items.size() != 1) {
            return Item.all(items, new Outcome.Unknown("count"));
        }
        Item item = items.getFirst();
        return Map.of(item.index(), single(errand, single, answer, item));
    }

    private static Outcome single(Errand errand, Join.Single single, Subject answer, Item item) {
        if (!single.ok().holds(answer)) {
            return Refusals.of(errand, item, single.refuse(), answer.found());
        }
        Optional<String> told = Acceptance.told(single.accept(), answer);
        return single.byId() && another(item, told)
                ? OTHER_RECORD
                : Acceptance.of(errand, item, single.accept(), answer);
    }

    private static Map<Integer, Outcome> all(Errand errand, Join.All all, Subject answer, List<Item> items) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        items.forEach(item -> outcomes.put(item.index(), Acceptance.of(errand, item, all.accept(), answer)));
        return outcomes;
    }
}
