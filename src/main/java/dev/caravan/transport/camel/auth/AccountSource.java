package dev.caravan.transport.camel.auth;

import dev.caravan.transport.HttpAnswer;
import dev.caravan.transport.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How it is known which account answers; its text is part of the target's identity. */
public sealed interface AccountSource {

    /** From the settings, or from what the log-in's answer brought, where an API tells no account. */
    record Told(Function<Map<String, String>, String> account) implements AccountSource {

        /** A text that no log-in changes. */
        public static Told text(String account) {
            return new Told(captured -> account);
        }
    }

    /** By asking, after each log-in. An empty text, and none, mean that the answer does not tell. */
    record Asked(HttpRequest request, Function<HttpAnswer, Optional<String>> account) implements AccountSource {}
}
