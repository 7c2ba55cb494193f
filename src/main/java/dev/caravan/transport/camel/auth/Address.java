package dev.caravan.transport.camel.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * An absolute address in two parts.
 *
 * @param base scheme and authority
 * @param path the rest as it was written, with its query; a slash where there is none
 */
record Address(String base, String path) {

    /** Takes apart an address of the settings, which were checked. */
    static Address of(String address) {
        return read(address).orElseThrow(() -> new IllegalArgumentException("an address of the settings that is none"));
    }

    /** Takes apart an address that came from elsewhere; empty if it is none that can be asked. */
    static Optional<Address> read(String address) {
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme();
            boolean known = "https".equals(scheme) || "http".equals(scheme);
            if (!known || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return Optional.empty();
            }
            String base = scheme + "://" + uri.getRawAuthority();
            String rest = address.substring(base.length());
            int fragment = rest.indexOf('#');
            String path = fragment < 0 ? rest : rest.substring(0, fragment);
            return Optional.of(new Address(base, path.startsWith("/") ? path : "/" + path));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    boolean secure() {
        return base.startsWith("https:");
    }
}
