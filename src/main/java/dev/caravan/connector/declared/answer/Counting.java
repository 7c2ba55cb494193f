package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.AnswerRule.Counted;
import dev.caravan.connector.declared.spec.Join;
import dev.caravan.destination.Outcome;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers that count rows. A number that is missing or is none agrees with nothing. */
public final class Counting {

    private static final String REASON = Outcome.Unknown.COUNTED;

    private Counting() {}

    /** The outcomes of rows of which numbers alone are told. */
    static Map<Integer, Outcome> join(Errand errand, List<Item> items, Join.Counts counts, Subject answer) {
        int rows = items.size();
        boolean tells = !counts.received().isEmpty() || !counts.accepted().isEmpty();
        boolean received = is(counts.received(), answer, rows);
        boolean allIn = tells && received && is(counts.accepted(), answer, rows) && is(counts.refused(), answer, 0);
        boolean oneOut = rows == 1
                && !counts.refused().isEmpty()
                && received
                && is(counts.accepted(), answer, 0)
                && is(counts.refused(), answer, 1);
        Map<Integer, Outcome> outcomes = new LinkedHashMap<>();
        for (Item item : items) {
            Outcome outcome = new Outcome.Unknown(REASON);
            if (allIn) {
                outcome = Acceptance.of(errand, item, counts.accept(), answer);
            } else if (oneOut) {
                outcome = Refusals.of(errand, item, counts.refuse(), answer.found());
            }
            outcomes.put(item.index(), outcome);
        }
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
        return is(counted.received(), answer, outcomes.size())
                && is(counted.accepted(), answer, accepted)
                && is(counted.refused(), answer, refused)
                && many(counted.receivedOf(), answer, outcomes.size())
                && many(counted.acceptedOf(), answer, accepted);
    }

    /** Whether the number is this, where one is to be told. */
    private static boolean is(List<Selector> at, Subject answer, long number) {
        if (at.isEmpty()) {
            return true;
        }
        long sum = 0;
        for (Selector each : at) {
            OptionalLong told = number(each, answer);
            if (told.isEmpty()) {
                return false;
            }
            sum += told.getAsLong();
        }
        return sum == number;
    }

    private static boolean many(Optional<Selector> at, Subject answer, long number) {
        return at.isEmpty() || at.get().all(answer.found(), answer.variables()).size() == number;
    }

    private static OptionalLong number(Selector at, Subject answer) {
        String text = at.text(answer.found(), answer.variables()).orElse("");
        return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
