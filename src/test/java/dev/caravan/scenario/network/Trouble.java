package dev.caravan.scenario.network;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One fault at one position: what it means where the words alone say too little, and what must be told of the request. */
record Trouble(Fault fault, Position position) {

    /** What a transport may say of a request. */
    enum Told {
        ANSWER,
        LOST,
        NOT_SENT
    }

    private static final List<String> DRIPS = List.of(
            "from its first byte, for longer than the time-out",
            "from the middle of its head, for longer than the time-out",
            "from the middle of its body, for longer than the time-out",
            "its last byte alone, later than the time-out",
            "the whole of it, within the time-out",
            "byte by byte, within the time-out");

    private static final List<String> CUTS = List.of(
            "no body",
            "the first byte of the body",
            "a quarter of the body",
            "half of the body",
            "three quarters of the body",
            "all but the last byte of the body");

    private static final List<String> COPIES = List.of(
            "the whole answer, at once",
            "the status line",
            "the head, the copy in place of the body",
            "the body, announced as one",
            "the first half of the body, announced as one",
            "the last byte of the body, announced as one");

    private static final List<Trouble> ALL = Stream.of(Fault.values())
            .flatMap(fault -> Arrays.stream(Position.values()).map(position -> new Trouble(fault, position)))
            .toList();

    static List<Trouble> all() {
        return ALL;
    }

    /** The fault's place among the faults. */
    int row() {
        return ALL.indexOf(this) / Position.values().length;
    }

    /** The position's place among the positions. */
    int column() {
        return ALL.indexOf(this) % Position.values().length;
    }

    /** Whether the server gets the whole request, at once or later. */
    boolean arrives() {
        return switch (fault) {
            case REFUSE, RESET, CLOSE, HALF_CLOSE_SERVER, BLACK_HOLE -> !position.beforeItsEnd();
            case DELAY, RESET_CLIENT, HALF_CLOSE_CLIENT, DRIP_REQUEST, DRIP_ANSWER, TRUNCATE, DUPLICATE -> true;
        };
    }

    /** What may be told of the request. Beside it {@code LOST}, where the machine was too slow for the time-out. */
    Set<Told> told() {
        return switch (fault) {
            case DELAY, TRUNCATE -> EnumSet.of(Told.ANSWER);
            case RESET, RESET_CLIENT, CLOSE, HALF_CLOSE_CLIENT, BLACK_HOLE -> EnumSet.of(Told.LOST);
            case REFUSE ->
                position == Position.BEFORE_FIRST_BYTE ? EnumSet.of(Told.NOT_SENT, Told.LOST) : EnumSet.of(Told.LOST);
            // The server may answer what looks to it like a whole request, and a refusal for want of a token is no
            // answer.
            case HALF_CLOSE_SERVER -> position.beforeItsEnd() ? EnumSet.allOf(Told.class) : EnumSet.of(Told.ANSWER);
            case DRIP_REQUEST, DRIP_ANSWER -> position.inAnswer() ? EnumSet.of(Told.ANSWER) : EnumSet.of(Told.LOST);
            case DUPLICATE -> EnumSet.of(Told.ANSWER, Told.LOST);
        };
    }

    /** What the fault does at this position. */
    String meaning() {
        int place = column();
        return switch (fault) {
            case DRIP_REQUEST, DRIP_ANSWER -> DRIPS.get(place);
            case TRUNCATE -> CUTS.get(place);
            case DUPLICATE -> COPIES.get(place);
            case DELAY, REFUSE, RESET, RESET_CLIENT, CLOSE, HALF_CLOSE_SERVER, HALF_CLOSE_CLIENT, BLACK_HOLE ->
                position.words();
        };
    }

    @Override
    public String toString() {
        return fault + " " + position;
    }
}
