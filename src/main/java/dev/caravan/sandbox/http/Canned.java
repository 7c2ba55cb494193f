package dev.caravan.sandbox.http;

import dev.caravan.sandbox.fault.FaultAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** Answers made from a fault instead of by an API. */
final class Canned {

    private Canned() {}

    /**
     * The fault's status, headers and body; JSON unless a header says otherwise. A header {@code Retry-After: date+5} is
     * sent as an HTTP date that many seconds from now, the form some servers use.
     */
    static Reply reply(FaultAction.Respond respond, Instant now) {
        Reply reply = Reply.of(
                respond.status(),
                "application/json;charset=UTF-8",
                respond.body().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, String> header : respond.headers().entrySet()) {
            reply = reply.with(header.getKey(), value(header.getValue(), now));
        }
        return reply;
    }

    private static String value(String text, Instant now) {
        if (!text.startsWith("date+")) {
            return text;
        }
        Instant then = now.plusSeconds(Long.parseLong(text.substring("date+".length())));
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(then.atOffset(ZoneOffset.UTC));
    }
}
