package dev.caravan.scenario.network;

/** Where in an exchange a fault strikes. A request or an answer without a body is struck just before its head ends. */
enum Position {
    BEFORE_FIRST_BYTE("before the first byte"),
    REQUEST_HEAD("in the request's head"),
    REQUEST_BODY("in the request's body"),
    AFTER_REQUEST("after the request"),
    ANSWER_HEAD("in the answer's head"),
    ANSWER_BODY("in the answer's body");

    private final String words;

    Position(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** Whether some of the request has not gone on yet. */
    boolean beforeItsEnd() {
        return compareTo(AFTER_REQUEST) < 0;
    }

    boolean inAnswer() {
        return compareTo(AFTER_REQUEST) > 0;
    }

    /** How many bytes of this request have gone on. */
    int of(Message request) {
        return switch (this) {
            case BEFORE_FIRST_BYTE -> 0;
            case REQUEST_HEAD -> request.head().length / 2;
            case REQUEST_BODY -> inBody(request);
            case AFTER_REQUEST, ANSWER_HEAD, ANSWER_BODY -> request.wire().length;
        };
    }

    /** How many bytes of this answer have come back. */
    int ofAnswer(Message answer) {
        return switch (this) {
            case BEFORE_FIRST_BYTE, REQUEST_HEAD, REQUEST_BODY, AFTER_REQUEST -> 0;
            case ANSWER_HEAD -> answer.head().length / 2;
            case ANSWER_BODY -> inBody(answer);
        };
    }

    private static int inBody(Message message) {
        int head = message.head().length;
        return message.body().length == 0 ? head - 2 : head + message.body().length / 2;
    }
}
