package dev.caravan.sandbox;

import dev.caravan.sandbox.http.Request;
import java.util.Set;

/**
 * Tells requests of this machine from those a web page made a browser send: a foreign name that resolves to loopback shows in
 * the Host header, a foreign page in Origin and Sec-Fetch-Site.
 */
final class Loopback {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private Loopback() {}

    static boolean allows(Request request) {
        boolean host = NAMES.contains(name(request.header("host").orElse("")));
        boolean origin = request.header("origin")
                .map(it -> it.startsWith("http://") && NAMES.contains(name(it.substring("http://".length()))))
                .orElse(true);
        boolean site = request.header("sec-fetch-site")
                .map(it -> !it.equals("cross-site"))
                .orElse(true);
        return host && origin && site;
    }

    private static String name(String hostAndPort) {
        return hostAndPort.replaceFirst(":\\d+$", "");
    }
}
