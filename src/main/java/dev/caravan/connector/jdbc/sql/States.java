package dev.caravan.connector.jdbc.sql;

import dev.caravan.destination.Outcome.ErrorClass;

/** What SQLSTATEs mean, as PostgreSQL uses them. A state that is not listed is a rule of the database. */
final class States {

    private States() {}

    /** A unique key is taken. */
    static boolean isTaken(String state) {
        return state.equals("23505");
    }

    static ErrorClass errorClass(String state) {
        return switch (state) {
            case "23502", "23514" -> ErrorClass.DATA;
            case "40002" -> ErrorClass.CONFLICT;
            case "53300", "55P03", "57014", "25006", "25P02", "25P03" -> ErrorClass.TRANSIENT;
            default -> ofClass(state.substring(0, 2));
        };
    }

    private static ErrorClass ofClass(String stateClass) {
        return switch (stateClass) {
            case "01", "21", "22", "54" -> ErrorClass.DATA;
            case "23" -> ErrorClass.CONFLICT;
            case "0A", "3D", "3F", "42" -> ErrorClass.CONFIG;
            case "40", "55", "57", "58", "XX", "08", "25" -> ErrorClass.TRANSIENT;
            case "53" -> ErrorClass.QUOTA;
            case "28" -> ErrorClass.AUTH;
            default -> ErrorClass.POLICY;
        };
    }
}
