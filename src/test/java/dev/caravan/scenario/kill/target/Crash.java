package dev.caravan.scenario.kill.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a worker dies.
 *
 * @param point of the worker's first process
 * @param most how often a run passes it at least
 * @param second the point of the process that recovers from that; empty if that one lives
 */
record Crash(String point, int most, Dying dying, Optional<String> second) {

    /** What goes on between the point and the death. */
    enum Dying {
        NOTHING,
        /** For a moment all but the thread that has come there. */
        THE_OTHERS,
        /** For a while, all. */
        EVERYTHING
    }

    private static final List<String> RECOVERY = List.of("unanswered", "completeAll", "supersedeUnsent", "apply");

    static Crash at(String point, int most) {
        return new Crash(point, most, Dying.NOTHING, Optional.empty());
    }

    static Crash soonAfter(String point, int most) {
        return new Crash(point, most, Dying.THE_OTHERS, Optional.empty());
    }

    /** At a random moment after the first intent. */
    static Crash atRandom() {
        return new Crash("begin:after", 1, Dying.EVERYTHING, Optional.empty());
    }

    /** At a random moment after the product's own worker has begun to deliver. */
    static Crash wholeAtRandom() {
        return new Crash(WholeWorker.POINT, 1, Dying.EVERYTHING, Optional.empty());
    }

    /** Points that every run has, wherever it delivers to, of so many batches. */
    static List<Crash> ofAll(int batches) {
        return List.of(
                at("send:after", batches),
                at("begin:after", batches),
                soonAfter("send:left", batches),
                at("complete:after", batches),
                at("seal:after", 1),
                at("complete:before", batches),
                at("apply:after", 1),
                at("settle:after", 1));
    }

    /** Twice in a row: with an answer that nobody has heard yet, and while that is made good. */
    static List<Crash> twice(int batches) {
        List<Crash> crashes = new ArrayList<>();
        Stream.concat(RECOVERY.stream().map(call -> call + ":after"), Stream.of("apply:before"))
                .forEach(second -> crashes.add(new Crash("send:after", batches, Dying.NOTHING, Optional.of(second))));
        return crashes;
    }

    @Override
    public String toString() {
        return point
                + second.map(again -> ", then " + again).orElse("")
                + switch (dying) {
                    case NOTHING -> "";
                    case THE_OTHERS -> ", the others go on";
                    case EVERYTHING -> ", a while later";
                };
    }
}
