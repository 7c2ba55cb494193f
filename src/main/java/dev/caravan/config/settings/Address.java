package dev.caravan.config.settings;

import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** The address of an organisation: scheme and host, perhaps a port. A problem names what holds the value, never the value. */
final class Address {

    private static final Set<String> SCHEMES = Set.of("https", "http");
    private static final Set<String> PATHS = Set.of("", "/");
    private static final int HIGHEST_PORT = 65_535;

    private Address() {}

    /** What is asked of it, in words. */
    record Form(boolean path, String expected, String advice) {}

    /** Of an organisation: without a path. */
    static final Form ORGANISATION = new Form(false, "the address of an organisation", "write https://host");

    /** Of an API, perhaps with a path. */
    static final Form BASE = new Form(true, "an address", "write https://host or https://host/path");

    /** What is wrong with the value as it is now; a value that is missing is another matter. */
    static Optional<Problem> problem(Setting setting, Form form) {
        return setting.lookup()
                .filter(text -> !isAddress(text, form.path()))
                .map(text -> Problem.at(
                        Code.YAML_BAD_VALUE,
                        setting.place(),
                        setting.source() + " is not " + form.expected(),
                        form.advice()));
    }

    /** The value now; {@code EnvironmentFailure} if there is none, {@code InvalidInput} if it is no address. */
    static String of(Setting setting) {
        problem(setting, ORGANISATION).ifPresent(problem -> {
            throw new InvalidInput(problem);
        });
        return setting.resolve();
    }

    private static boolean isAddress(String text, boolean path) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getPort() <= HIGHEST_PORT
                    && (path || PATHS.contains(uri.getRawPath()))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
