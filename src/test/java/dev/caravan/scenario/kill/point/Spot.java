package dev.caravan.scenario.kill.point;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A point that a worker is killed at.
 *
 * @param first of the worker's first process
 * @param most how often a run passes it at least
 * @param second of the process that recovers from that; empty if that one lives
 */
record Spot(Kind kind, String first, int most, Optional<String> second) {

    private static final List<String> ONCE = List.of(
            "claim", "open", "read", "check", "diff", "addRows", "seal", "hold", "apply", "settle", "move", "record");
    private static final List<String> EACH_BATCH = List.of("begin", "complete");
    private static final List<String> EACH_JOB = List.of("remember", "poll", "results");
    private static final List<String> RECOVERY = List.of("unanswered", "apply", "supersedeUnsent", "move", "record");
    private static final List<String> JOB_RECOVERY = List.of("poll", "results", "complete");

    /** The point's name, the same for every kind. */
    String name() {
        return second.map(point -> "recovery " + point).orElse(first);
    }

    /**
     * Every point once.
     *
     * @param round the kinds that have a point take it in turns from round to round
     * @param before whether points before calls too: all is as it was after the call before
     */
    static List<Spot> each(int round, boolean before) {
        Map<String, List<Spot>> byName = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            of(kind).forEach(spot -> byName.computeIfAbsent(spot.name(), name -> new ArrayList<>())
                    .add(spot));
        }
        List<Spot> each = new ArrayList<>();
        byName.forEach((name, kinds) -> {
            if (before || !name.endsWith(":before")) {
                each.add(kinds.get((each.size() + round) % kinds.size()));
            }
        });
        return each;
    }

    private static List<Spot> of(Kind kind) {
        boolean job = kind == Kind.D;
        List<Spot> spots = new ArrayList<>();
        ONCE.forEach(call -> both(spots, kind, call, 1));
        EACH_BATCH.forEach(call -> both(spots, kind, call, kind.batches()));
        for (String request : job ? List.of("create", "upload", "close") : List.of("send")) {
            both(spots, kind, request, kind.batches());
            spots.add(new Spot(kind, request + ":left", kind.batches(), Optional.empty()));
        }
        if (job) {
            EACH_JOB.forEach(call -> both(spots, kind, call, kind.batches()));
        }
        String before = job ? "close:after" : "send:after";
        List<String> recovery = new ArrayList<>(RECOVERY);
        recovery.addAll(job ? JOB_RECOVERY : List.of("completeAll"));
        for (String call : recovery) {
            spots.add(new Spot(kind, before, kind.batches(), Optional.of(call + ":before")));
            spots.add(new Spot(kind, before, kind.batches(), Optional.of(call + ":after")));
        }
        return spots;
    }

    private static void both(List<Spot> spots, Kind kind, String call, int most) {
        spots.add(new Spot(kind, call + ":before", most, Optional.empty()));
        spots.add(new Spot(kind, call + ":after", most, Optional.empty()));
    }
}
