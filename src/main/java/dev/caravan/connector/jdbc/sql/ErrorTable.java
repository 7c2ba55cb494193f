package dev.caravan.connector.jdbc.sql;

import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.SqlAnswer.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a database's errors are about. Its own number decides, else the SQLSTATE, else the SQLSTATE's first two characters; what is not listed
 * is a rule of the database.
 */
public final class ErrorTable {

    /** What SQLSTATEs mean, as PostgreSQL uses them. */
    static final ErrorTable STANDARD = new ErrorTable()
            .states(ErrorClass.DATA, "23502 23514 01 21 22 54")
            .states(ErrorClass.CONFLICT, "40002 23")
            .states(ErrorClass.CONFIG, "0A 3D 3F 42")
            .states(ErrorClass.TRANSIENT, "53300 55P03 57014 25006 25P02 25P03 08 25 40 55 57 58 XX")
            .states(ErrorClass.QUOTA, "53")
            .states(ErrorClass.AUTH, "28");

    /** What {@link #listed} has behind the first two characters of SQLSTATEs. */
    private static final String REST = "…";

    private static final int STATE_CLASS = 2;

    private final Map<Integer, ErrorClass> numbers = new LinkedHashMap<>();
    private final Map<String, ErrorClass> states = new LinkedHashMap<>();

    private ErrorTable() {}

    /** The same, where some numbers of the database's own are known. */
    ErrorTable with(Map<ErrorClass, List<Integer>> own) {
        ErrorTable table = new ErrorTable();
        table.states.putAll(states);
        own.forEach((about, each) -> each.forEach(number -> table.numbers.put(number, about)));
        return table;
    }

    private ErrorTable states(ErrorClass about, String listed) {
        for (String state : listed.split(" ", -1)) {
            states.put(state, about);
        }
        return this;
    }

    /** Who or what a refusal is about. */
    public ErrorClass of(Refusal refusal) {
        return Optional.ofNullable(numbers.get(refusal.vendor()))
                .or(() -> Optional.ofNullable(states.get(refusal.state())))
                .or(() -> Optional.ofNullable(states.get(refusal.state().substring(0, STATE_CLASS))))
                .orElse(ErrorClass.POLICY);
    }

    /** All that is listed, for people: numbers, SQLSTATEs, and beginnings of SQLSTATEs such as {@code 23…}, of those not listed whole. */
    public Map<ErrorClass, List<String>> listed() {
        Map<ErrorClass, List<String>> listed = new EnumMap<>(ErrorClass.class);
        numbers.forEach((number, about) -> list(listed, about).add(number.toString()));
        states.forEach((state, about) -> list(listed, about).add(state.length() == STATE_CLASS ? state + REST : state));
        return listed;
    }

    private static List<String> list(Map<ErrorClass, List<String>> listed, ErrorClass about) {
        return listed.computeIfAbsent(about, none -> new ArrayList<>());
    }
}
