package dev.caravan.app.connect;

import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: {@code scheme://host:port/database?option=value}.
 *
 * @param options of the driver, sorted; never a secret
 */
record DatabaseAddress(String host, int port, String database, TreeMap<String, String> options) {

    /** What may stand after the question mark: how the way is encrypted. Others would let a driver load classes or write files. */
    private static final Set<String> OPTIONS = Set.of("sslmode", "sslrootcert", "sslMode", "serverSslCert");

    /** Reads a connection's {@code url}. It is never shown: somebody may have written the password into it. */
    static DatabaseAddress of(String url, Set<String> schemes, int usualPort, Place place) {
        String text = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        try {
            URI uri = new URI(text);
            if (uri.getRawUserInfo() != null) {
                throw refused(
                        Code.SECRET_LITERAL,
                        place,
                        "the database's address holds a user or a password",
                        "write user: and password: beside it, as \"{{env:NAME}}\" or \"{{file:path}}\"");
            }
            boolean whole = uri.getScheme() != null
                    && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getPath() != null
                    && uri.getPath().matches("/[A-Za-z0-9_.$-]+")
                    && uri.getRawFragment() == null;
            if (whole) {
                int port = uri.getPort() < 0 ? usualPort : uri.getPort();
                return new DatabaseAddress(
                        uri.getHost(), port, uri.getPath().substring(1), options(uri.getRawQuery(), place));
            }
        } catch (URISyntaxException e) {
            // Said below, as of any other text.
        }
        throw refused(
                Code.YAML_BAD_VALUE,
                place,
                "'url' is not the address of a database",
                "write " + schemes.stream().sorted().findFirst().orElse("") + "://host:" + usualPort + "/database");
    }

    private static TreeMap<String, String> options(@Nullable String query, Place place) {
        TreeMap<String, String> options = new TreeMap<>();
        for (String each : query == null ? new String[0] : query.split("&")) {
            String[] parts = each.split("=", 2);
            if (parts.length != 2 || !OPTIONS.contains(parts[0]) || parts[1].isEmpty()) {
                throw refused(
                        Code.YAML_BAD_VALUE,
                        place,
                        "the database's address has an option that is not known",
                        "after ? stand "
                                + String.join(", ", OPTIONS.stream().sorted().toList()) + " alone, joined by &");
            }
            options.put(parts[0], parts[1]);
        }
        return options;
    }

    private static InvalidInput refused(Code code, Place place, String message, String advice) {
        return new InvalidInput(Problem.at(code, place, message, advice));
    }

    /** For people, and part of the account. */
    String shown() {
        return host + ":" + port + "/" + database;
    }

    String jdbc(String scheme) {
        return "jdbc:" + scheme + "://" + shown();
    }
}
