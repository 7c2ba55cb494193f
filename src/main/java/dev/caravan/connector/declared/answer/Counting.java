package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.AnswerRule.Counted;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Answers that count rows. A number that is missing or is none agrees with nothing. Whom the refused ones are is known only where all rows
 * are alike in it: a single row, rows that are all so already, or as many of these as there are rows.
 */
public final class Counting {

    private static final String REASON = Outcome.Unknown.COUNTED;

    private Counting() {}

    /** The outcomes of rows of which numbers alone are told. */
    static Map<Integer, Outcome> join(Errand errand, List<Item> items, Join.Counts counts, Subject answer) {
        int rows = items.size();
        boolean received = is(counts.received(), answer, rows);
        boolean tells = !counts.received().isEmpty() || !counts.accepted().isEmpty();
        if (tells && received && is(counts.accepted(), answer, rows) && is(counts.refused(), answer, 0)) {
            return each(items, item -> Acceptance.of(errand, item, counts.accept(), answer));
        }
        long refused =
                counts.refused().isEmpty() ? 0 : sum(counts.refused(), answer).orElse(0);
        boolean adds = received && refused > 0 && refused <= rows && is(counts.accepted(), answer, rows - refused);
        Map<Integer, Outcome> refusals =
                adds ? each(items, item -> Refusals.of(errand, item, counts.refuse(), answer.found())) : Map.of();
        int numbers = (int) counts.refused().stream()
                .mapToLong(at -> texts(at, answer).size())
                .sum();
        Set<String> codes = Refusals.codes(errand, counts.refuse(), answer.found(), numbers);
        Predicate<String> so = code -> Refusals.saysSoAlready(errand, counts.refuse(), code);
        boolean alike = codes.size() < 2 || codes.stream().allMatch(so);
        boolean allOut = refused == rows
                && (rows == 1 || (!codes.isEmpty() && codes.stream().allMatch(so)));
        boolean allThere = refusals.values().stream().allMatch(Outcome.Unchanged.class::isInstance);
        return adds && alike && (allOut || allThere)
                ? refusals
                : each(items, item -> unclear(errand, item, codes.stream().anyMatch(so)));
    }

    /**
     * A row of which the numbers do not tell. Among events that were never sent some are another one's then: which, no repetition would
     * say, since by now all of them are known.
     *
     * @param known whether some of the request were so already
     */
    private static Outcome unclear(Errand errand, Item item, boolean known) {
        boolean fresh =
                errand.batch().action() == Action.APPEND && !item.write().inDoubt();
        return new Outcome.Unknown(known && fresh ? Outcome.Unknown.KEY_TAKEN : REASON);
    }

    private static Map<Integer, Outcome> each(List<Item> items, Function<Item, Outcome> outcome) {
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        items.forEach(item -> outcomes.put(item.index(), outcome.apply(item)));
        return outcomes;
    }

    /** The same outcomes if the numbers agree with them; else all are unknown. */
    public static Map<Integer, Outcome> checked(
            Optional<Counted> counted, Subject answer, List<Item> items, Map<Integer, Outcome> outcomes) {
        if (counted.isEmpty() || agrees(counted.get(), answer, outcomes.values())) {
            return outcomes;
        }
        return Item.all(items, new Outcome.Unknown(REASON));
    }

    private static boolean agrees(Counted counted, Subject answer, Collection<Outcome> outcomes) {
        long accepted = 0;
        long refused = 0;
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Outcome.Accepted yes -> accepted++;
                case Outcome.Unchanged same -> accepted++;
                case Outcome.Rejected no -> refused++;
                case Outcome.Deferred later -> refused++;
                case Outcome.Unknown unknown -> {}
            }
        }
        return told(counted, counted.received(), answer, outcomes.size())
                && told(counted, counted.accepted(), answer, accepted)
                && told(counted, counted.refused(), answer, refused)
                && many(counted.receivedOf(), answer, outcomes.size())
                && many(counted.acceptedOf(), answer, accepted);
    }

    private static boolean told(Counted counted, List<Selector> at, Subject answer, long number) {
        boolean silent = at.stream().allMatch(each -> texts(each, answer).isEmpty());
        return (counted.ifTold() && silent)
                || is(
                        at.stream()
                                .filter(each -> !counted.ifTold()
                                        || !texts(each, answer).isEmpty())
                                .toList(),
                        answer,
                        number);
    }

    /** Whether the number is this, where one is to be told. */
    private static boolean is(List<Selector> at, Subject answer, long number) {
        return at.isEmpty() || sum(at, answer).stream().anyMatch(sum -> sum == number);
    }

    /** All of the numbers that each finds, added up; empty if one finds none, or what is none. */
    private static OptionalLong sum(List<Selector> at, Subject answer) {
        long sum = 0;
        for (Selector each : at) {
            List<String> texts = texts(each, answer);
            if (texts.isEmpty() || !texts.stream().allMatch(text -> text.matches("\\d{1,15}"))) {
                return OptionalLong.empty();
            }
            sum += texts.stream().mapToLong(Long::parseLong).sum();
        }
        return OptionalLong.of(sum);
    }

    private static boolean many(Optional<Selector> at, Subject answer, long number) {
        return at.isEmpty() || at.get().all(answer.found(), answer.variables()).size() == number;
    }

    private static List<String> texts(Selector at, Subject answer) {
        return at.texts(answer.found(), answer.variables());
    }
}
