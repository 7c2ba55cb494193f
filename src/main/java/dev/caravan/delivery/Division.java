package dev.caravan.delivery;

import dev.caravan.destination.Outcome;
import dev.caravan.destination.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what of a round is sent once more, and how. Rows that were refused together are halved until the culprit stands alone, whatever
 * their class: nothing of them was applied. Rows that an answer leaves unclear twice are halved for classes A and C, which say the same
 * again. B repeats them as they were, since only what was the same request may be known for one, unless the answer counts them: who counts
 * rows knows each by its own key. D and E are not sent again at all. One delivery, one thread.
 */
final class Division {

    private static final int ROUNDS = 3;

    /** Halvings of one batch; one culprit among 200 takes eight. */
    private static final int MOST_SPLITS = 32;

    /** So many parts in a row that were not answered clearly, and the trouble is the destination's and no row's. */
    private static final int FRUITLESS = 3;

    private int splitsLeft = MOST_SPLITS;
    private int fruitless;

    /**
     * The parts that follow; none if the round was the last word on its rows.
     *
     * @param answered whether the destination answered the last request at all
     */
    List<Part> after(Part part, Round round, boolean answered, Instant now) {
        List<Part> next = new ArrayList<>();
        if (halve(round.together())) {
            next.addAll(part.halves(round.together(), part.number(), round.inDoubt()));
        }
        List<Write> again = round.again(now);
        if (part.number() > 1) {
            fruitless = round.inDoubt().isEmpty() || counted(round) ? 0 : fruitless + 1;
        }
        if (again.isEmpty()) {
            return next;
        }
        if (part.number() > 1 && answered && unclear(round, again) && halve(again)) {
            next.addAll(part.halves(again, ROUNDS, round.inDoubt()));
        } else if (part.number() < ROUNDS) {
            next.add(part.again(again, round.inDoubt()));
        }
        return next;
    }

    private boolean unclear(Round round, List<Write> again) {
        boolean alone = switch (round.idempotency()) {
            case A, C -> true;
            case B -> counted(round);
            case D, E, F -> false;
        };
        return alone
                && fruitless < FRUITLESS
                && again.stream().allMatch(write -> round.inDoubt().containsKey(write.ordinal()));
    }

    /** Whether the destination is well and only does not say whom it refuses: each halving brings it nearer to that. */
    private static boolean counted(Round round) {
        return round.inDoubt().values().stream().map(Outcome.Unknown::reason).allMatch(Outcome.Unknown.COUNTED::equals);
    }

    private boolean halve(List<Write> writes) {
        boolean possible = writes.size() > 1 && splitsLeft > 0;
        splitsLeft -= possible ? 1 : 0;
        return possible;
    }
}
