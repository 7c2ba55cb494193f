package dev.caravan.sandbox.vendor;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Access tokens that end, and refresh tokens that may be good once only. After a reset the first refresh token is good again.
 * Thread-safe.
 */
public final class TokenDesk {

    private final String prefix;
    private final String firstRefresh;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> ends = new HashMap<>();
    private final Set<String> refreshing = new HashSet<>();
    private long logins;

    /** What a log-in gets; {@code refresh} is the one to use next time. */
    public record Grant(String access, String refresh, Duration lifetime) {}

    /** What an access token is worth. */
    public enum Standing {
        VALID,
        /** Was good once. */
        EXPIRED,
        UNKNOWN
    }

    /**
     * A desk that has handed out nothing yet.
     *
     * @param prefix what its access tokens begin with
     * @param firstRefresh the refresh token that a person got when he connected the account
     */
    public TokenDesk(String prefix, String firstRefresh, InstantSource clock) {
        this.prefix = prefix;
        this.firstRefresh = firstRefresh;
        this.clock = clock;
        refreshing.add(firstRefresh);
    }

    /** A token for whoever proved himself otherwise. */
    public synchronized Grant issue(Duration lifetime) {
        logins++;
        String access = prefix + chance(24);
        ends.put(access, clock.instant().plus(lifetime));
        return new Grant(access, firstRefresh, lifetime);
    }

    /** A token for a refresh token; when they rotate, that one ends and another takes its place. Empty when it is not good. */
    public synchronized Optional<Grant> refresh(String refresh, boolean rotates, Duration lifetime) {
        if (!refreshing.contains(refresh)) {
            return Optional.empty();
        }
        String next = refresh;
        if (rotates) {
            next = "rotated-" + chance(24);
            refreshing.remove(refresh);
            refreshing.add(next);
        }
        return Optional.of(new Grant(issue(lifetime).access(), next, lifetime));
    }

    public synchronized Standing standing(String access) {
        Instant end = ends.get(access);
        if (end == null) {
            return Standing.UNKNOWN;
        }
        return clock.instant().isBefore(end) ? Standing.VALID : Standing.EXPIRED;
    }

    public synchronized void expireAll() {
        ends.replaceAll((token, end) -> Instant.EPOCH);
    }

    public synchronized long logins() {
        return logins;
    }

    public synchronized void reset() {
        ends.clear();
        refreshing.clear();
        refreshing.add(firstRefresh);
        logins = 0;
    }

    private String chance(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
    }
}
