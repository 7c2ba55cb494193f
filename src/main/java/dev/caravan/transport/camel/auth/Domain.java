package dev.caravan.transport.camel.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * Where an address that a log-in's answer names may lead: to the domain that somebody has registered and that the log-in's own address is
 * in (by the public suffix list), or to what is listed. So an answer that was tampered with, or that quotes somebody, sends no token away.
 *
 * @param logIn the address of the log-in
 * @param listed further hosts, each with all below it
 */
public record Domain(String logIn, List<String> listed) {

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|.*:.*");

    public Domain {
        listed = List.copyOf(listed);
    }

    /** Whether requests may go to this address. */
    public boolean holds(String address) {
        Optional<String> host = Address.read(address).map(Domain::host);
        Optional<String> home = Address.read(logIn).map(Domain::host);
        if (host.isEmpty()) {
            return false;
        }
        Optional<String> registered = host.flatMap(Domain::registered);
        boolean atHome = registered.isPresent() && registered.equals(home.flatMap(Domain::registered));
        return host.equals(home) || atHome || listed.stream().anyMatch(one -> below(host.get(), one));
    }

    private static String host(Address address) {
        String authority = address.base().substring(address.base().indexOf("://") + "://".length());
        int port = authority.lastIndexOf(':');
        String host = port > authority.lastIndexOf(']') ? authority.substring(0, port) : authority;
        return host.toLowerCase(Locale.ROOT);
    }

    private static boolean below(String host, String one) {
        return host.equals(one) || host.endsWith("." + one);
    }

    /** The part that somebody has registered; empty for a number and for a name in no public domain. */
    private static Optional<String> registered(String host) {
        PublicSuffixMatcher suffixes = PublicSuffixMatcherLoader.getDefault();
        return NUMBERS.matcher(host).matches() || !host.contains(".")
                ? Optional.empty()
                : Optional.ofNullable(suffixes.getDomainRoot(host));
    }
}
