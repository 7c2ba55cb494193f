package dev.caravan.scenario.network;

import java.util.Arrays;
import java.util.Optional;

/** What a truncated or duplicated answer looks like on the wire, and what of it is an answer. */
final class Tampering {

    private Tampering() {}

    /** The bytes of an answer of which more than the body is doubled; empty for all others. */
    static Optional<byte[]> wire(Message answer, Trouble trouble) {
        if (trouble.fault() != Fault.DUPLICATE) {
            return Optional.empty();
        }
        return switch (trouble.position()) {
            case BEFORE_FIRST_BYTE -> Optional.of(Message.joined(answer.wire(), answer.wire()));
            case REQUEST_HEAD -> Optional.of(Message.joined(answer.firstLine(), answer.wire()));
            case REQUEST_BODY -> Optional.of(Message.joined(answer.head(), answer.wire()));
            case AFTER_REQUEST, ANSWER_HEAD, ANSWER_BODY -> Optional.empty();
        };
    }

    /** The answer that a client reads by its head. */
    static Message seen(Message answer, Trouble trouble) {
        byte[] body = answer.body();
        if (body.length == 0) {
            return answer;
        }
        return trouble.fault() == Fault.TRUNCATE
                ? answer.with(first(body, cut(trouble.position(), body.length)))
                : doubled(answer, trouble.position());
    }

    private static int cut(Position position, int length) {
        return switch (position) {
            case BEFORE_FIRST_BYTE -> 0;
            case REQUEST_HEAD -> 1;
            case REQUEST_BODY -> length / 4;
            case AFTER_REQUEST -> length / 2;
            case ANSWER_HEAD -> length * 3 / 4;
            case ANSWER_BODY -> length - 1;
        };
    }

    private static Message doubled(Message answer, Position position) {
        byte[] body = answer.body();
        return switch (position) {
            case BEFORE_FIRST_BYTE, REQUEST_HEAD -> answer;
            case REQUEST_BODY -> answer.over(first(answer.wire(), body.length));
            case AFTER_REQUEST -> answer.with(Message.joined(body, body));
            case ANSWER_HEAD -> answer.with(Message.joined(first(body, body.length / 2), body));
            case ANSWER_BODY ->
                answer.with(Message.joined(body, Arrays.copyOfRange(body, body.length - 1, body.length)));
        };
    }

    private static byte[] first(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }
}
