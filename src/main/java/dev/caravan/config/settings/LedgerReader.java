package dev.caravan.config.settings;

import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.yaml.Findings;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.YamlNode;
import dev.caravan.yaml.shape.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads where the ledger is: {@code sqlite:path}, or {@code postgresql://host:port/database} with its user and password. */
final class LedgerReader {

    private static final String FILE = "sqlite:";
    private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");
    private static final Set<String> OPTIONS = Set.of("schema", "sslmode", "sslrootcert");
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final int DEFAULT_PORT = 5432;
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(10);

    private final Path root;
    private final Environment environment;
    private final Findings findings;

    LedgerReader(Path root, Environment environment, Findings findings) {
        this.root = root;
        this.environment = environment;
        this.findings = findings;
    }

    /** The SQLite file, if the section names one. */
    Optional<Path> file(Section section) {
        Optional<Located<String>> text = section.text("ledger");
        if (text.isEmpty() || isServer(text.get())) {
            return Optional.empty();
        }
        return Optional.of(
                root.resolve(text.get().value().substring(FILE.length())).normalize());
    }

    /** The server, if the section names one. */
    Optional<LedgerServer> server(Section section) {
        Optional<Located<String>> text = section.text("ledger").filter(LedgerReader::isServer);
        if (text.isEmpty()) {
            for (String key : new String[] {"user", "password", "lease"}) {
                if (section.has(key)) {
                    findings.report(
                            Code.YAML_BAD_VALUE,
                            section.placeOf(key),
                            "'" + key + "' is of a ledger on a server",
                            "write ledger: postgresql://host:5432/database, or take it out");
                }
            }
            return Optional.empty();
        }
        SettingReader settings = new SettingReader(root, environment);
        Optional<URI> uri = uri(text.get());
        Optional<Setting> user = required(section, "user").map(settings::setting);
        Optional<Setting> password = required(section, "password").map(settings::setting);
        Duration lease = lease(section);
        if (uri.isEmpty() || user.isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        return options(uri.get(), text.get())
                .map(options -> new LedgerServer(
                        uri.get().getHost(),
                        uri.get().getPort() < 0 ? DEFAULT_PORT : uri.get().getPort(),
                        uri.get().getPath().substring(1),
                        options.getOrDefault("schema", "caravan"),
                        withoutSchema(options),
                        user.get(),
                        password.get(),
                        lease));
    }

    private Optional<Located<String>> required(Section section, String key) {
        if (!section.has(key)) {
            findings.report(
                    Code.YAML_MISSING_KEY, section.place(), "'state' needs '" + key + "'", "add '" + key + ": …'");
        }
        return section.text(key);
    }

    private Duration lease(Section section) {
        Duration asked = section.duration("lease").orElse(LEASE);
        if (asked.compareTo(SHORTEST_LEASE) < 0) {
            Place place = section.node("lease").map(YamlNode::place).orElse(section.place());
            findings.report(Code.YAML_BAD_VALUE, place, "'lease' is too short", "write 10s or more");
            return LEASE;
        }
        return asked;
    }

    private static boolean isServer(Located<String> text) {
        return SCHEMES.contains(text.value().split(":", 2)[0]);
    }

    /** What the text says is never shown: somebody may have written the password into it. */
    private Optional<URI> uri(Located<String> text) {
        try {
            URI uri = new URI(text.value());
            if (uri.getRawUserInfo() != null) {
                findings.report(
                        Code.SECRET_LITERAL,
                        text.place(),
                        "the ledger's address holds a user or a password",
                        "write user: and password: beside it, as \"{{env:NAME}}\" or \"{{file:path}}\"");
                return Optional.empty();
            }
            if (uri.getHost() != null
                    && uri.getPath() != null
                    && uri.getPath().matches("/[A-Za-z0-9_.-]+")
                    && uri.getRawFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Said below, as of any other text.
        }
        findings.report(
                Code.YAML_BAD_VALUE,
                text.place(),
                "'ledger' is not the address of a database",
                "write postgresql://host:5432/database");
        return Optional.empty();
    }

    private Optional<Map<String, String>> options(URI uri, Located<String> text) {
        Map<String, String> options = new LinkedHashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String each : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = each.split("=", 2);
            boolean known = parts.length == 2 && OPTIONS.contains(parts[0]) && !parts[1].isEmpty();
            if (!known || (parts[0].equals("schema") && !NAME.matcher(parts[1]).matches())) {
                findings.report(
                        Code.YAML_BAD_VALUE,
                        text.place(),
                        "the ledger's address has an option that is not known, or a schema that cannot be",
                        "after ? stand schema=name, sslmode=verify-full and sslrootcert=path alone, joined by &");
                return Optional.empty();
            }
            options.put(parts[0], parts[1]);
        }
        return Optional.of(options);
    }

    private static Map<String, String> withoutSchema(Map<String, String> options) {
        Map<String, String> others = new LinkedHashMap<>(options);
        others.remove("schema");
        return Map.copyOf(others);
    }
}
