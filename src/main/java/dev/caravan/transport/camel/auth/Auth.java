package dev.caravan.transport.camel.auth;

import dev.caravan.transport.HttpAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All about how a connection proves who it is.
 *
 * @param secretHeaders further headers whose values are secrets, such as a developer's token, read at each log-in; one whose value is
 *     empty is left out
 * @param expired whether an answer says that a token is no longer good, so that nothing of the request was applied. It is then sent
 *     once more after another log-in
 * @param account which account answers
 * @param timeout how long each request of a log-in may take
 * @param hidden what no answer may be heard to quote, beside what the credentials and the signing hide themselves
 */
public record Auth(
        Credentials credentials,
        Map<String, Supplier<String>> secretHeaders,
        Optional<Signing> signing,
        Predicate<HttpAnswer> expired,
        AccountSource account,
        Duration timeout,
        List<Supplier<String>> hidden) {

    /** What says that a token has expired, unless an API has words of its own. */
    public static final Predicate<HttpAnswer> UNAUTHORIZED = answer -> answer.status() == 401;

    public Auth {
        secretHeaders = Map.copyOf(secretHeaders);
        hidden = List.copyOf(hidden);
    }

    /** Credentials without anything beside them; a 401 means that they are no longer good. */
    public static Auth of(Credentials credentials, AccountSource account, Duration timeout) {
        return new Auth(credentials, Map.of(), Optional.empty(), UNAUTHORIZED, account, timeout, List.of());
    }

    /** All that is read at a log-in. */
    List<Supplier<String>> secrets() {
        List<Supplier<String>> beside = new ArrayList<>(secretHeaders.values());
        signing.map(Signing::secret).ifPresent(beside::add);
        beside.addAll(hidden);
        return credentials.and(beside);
    }

    /** Those that no answer may be heard to quote; the rest may be names, such as a client's. */
    List<Supplier<String>> unheard() {
        List<Supplier<String>> all = new ArrayList<>(credentials.hidden());
        signing.map(Signing::secret).ifPresent(all::add);
        all.addAll(hidden);
        return all;
    }
}
