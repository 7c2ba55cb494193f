package dev.caravan.sandbox.salesforce;

import dev.caravan.sandbox.spec.Login;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Access tokens in force. A token ends by age, by revocation, or with all others by order. Thread-safe. */
final class Tokens {

    private final Login login;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> issued = new HashMap<>();
    private long logins;

    Tokens(Login login, InstantSource clock) {
        this.login = login;
        this.clock = clock;
    }

    /** A new token, which begins with the organisation's 15-character id as real ones do. */
    synchronized String issue(String organisation) {
        if (login.newLoginEndsOlder()) {
            issued.clear();
        }
        byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        String token = organisation.substring(0, 15) + "!AQ"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        issued.put(token, clock.instant());
        logins++;
        return token;
    }

    synchronized boolean valid(String token) {
        Instant at = issued.get(token);
        return at != null && clock.instant().isBefore(at.plus(login.tokenLifetime()));
    }

    synchronized boolean revoke(String token) {
        return issued.remove(token) != null;
    }

    synchronized void expireAll() {
        issued.clear();
    }

    /** Successful log-ins so far. */
    synchronized long logins() {
        return logins;
    }

    synchronized void reset() {
        issued.clear();
        logins = 0;
    }
}
