package dev.caravan.config.settings;

import dev.caravan.config.settings.ConnectorKind.Form;
import dev.caravan.problem.Problem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The connectors that connections can be on: those of the house, and those declared in files. */
public final class Catalogue {

    static final ConnectorKind DUCKDB = new ConnectorKind("duckdb", true, true, List.of());
    static final ConnectorKind FILES = new ConnectorKind("files", true, true, List.of());
    static final ConnectorKind SALESFORCE = new ConnectorKind("salesforce", false, true, List.of());

    static final ConnectorKind POSTGRES = new ConnectorKind(
            "postgres",
            false,
            true,
            List.of(
                    ConnectorKind.Key.required("url", Form.TEXT, "where it is: postgresql://host:5432/database"),
                    ConnectorKind.Key.required("user", Form.TEXT, "who logs in"),
                    ConnectorKind.Key.secret("password", "the user's password"),
                    ConnectorKind.Key.optional(
                            "schema", Form.TEXT, "the schema of tables named without one; public by default"),
                    ConnectorKind.Key.optional(
                            "dedupe_column",
                            Form.TEXT,
                            "the column for dedupe keys of appended rows; caravan_dedupe_key")));
    static final ConnectorKind MYSQL = new ConnectorKind(
            "mysql",
            false,
            true,
            List.of(
                    ConnectorKind.Key.required("url", Form.TEXT, "where it is: mysql://host:3306/database"),
                    ConnectorKind.Key.required("user", Form.TEXT, "who logs in"),
                    ConnectorKind.Key.secret("password", "the user's password"),
                    ConnectorKind.Key.optional(
                            "dedupe_column",
                            Form.TEXT,
                            "the column for dedupe keys of appended rows; caravan_dedupe_key")));

    static final ConnectorKind KAFKA = new ConnectorKind(
            "kafka",
            false,
            true,
            List.of(
                    ConnectorKind.Key.required("brokers", Form.TEXT, "where they are: host:9092, several with commas"),
                    choice(
                            "security",
                            "plaintext",
                            List.of("plaintext", "tls", "sasl_plaintext", "sasl_tls"),
                            "how the way to the brokers is protected"),
                    choice(
                            "mechanism",
                            "SCRAM-SHA-512",
                            List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"),
                            "how the user proves by SASL who it is"),
                    ConnectorKind.Key.optional("user", Form.TEXT, "who logs in by SASL"),
                    new ConnectorKind.Key(
                            "password",
                            Form.TEXT,
                            true,
                            false,
                            Optional.empty(),
                            List.of(),
                            "the user's password for SASL"),
                    ConnectorKind.Key.optional("certificates", Form.PATH, "a PEM file with the authorities to trust"),
                    ConnectorKind.Key.optional(
                            "consumers_dedupe",
                            Form.FLAG,
                            "true if all that read events drop those whose caravan-dedupe-key they know")));

    private static ConnectorKind.Key choice(String name, String usual, List<String> words, String about) {
        return new ConnectorKind.Key(name, Form.TEXT, false, false, Optional.of(usual), words, about);
    }

    /** Designed, not built: refused as not supported yet. */
    private static final List<String> LATER = List.of("snowflake", "bigquery", "redshift", "trino", "s3", "sftp");

    /** The connectors of the house alone. */
    public static final Catalogue BUILT_IN = new Catalogue(List.of(), Set.of(), List.of());

    private final Map<String, ConnectorKind> kinds = new LinkedHashMap<>();
    private final Set<String> broken;
    private final List<Problem> problems;

    private Catalogue(Collection<ConnectorKind> declared, Set<String> broken, List<Problem> problems) {
        this.broken = Set.copyOf(broken);
        this.problems = List.copyOf(problems);
        for (ConnectorKind kind : List.of(DUCKDB, FILES, SALESFORCE, POSTGRES, MYSQL, KAFKA)) {
            kinds.put(kind.name(), kind);
        }
        declared.forEach(kind -> kinds.putIfAbsent(kind.name(), kind));
    }

    /** These beside the house's own; one that has the name of a connector of the house is left out. */
    public static Catalogue with(Collection<ConnectorKind> declared) {
        return with(declared, Set.of(), List.of());
    }

    /**
     * The same, beside others that cannot be used.
     *
     * @param broken their names
     * @param problems what is wrong with them
     */
    public static Catalogue with(Collection<ConnectorKind> declared, Set<String> broken, List<Problem> problems) {
        return new Catalogue(declared, broken, problems);
    }

    /** What is wrong with those that cannot be used. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether there is one of this name that cannot be used as its file is now. */
    boolean broken(String name) {
        return broken.contains(name);
    }

    /** The connector of this name. */
    public Optional<ConnectorKind> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    /** All of them, the house's own first. */
    List<ConnectorKind> kinds() {
        return List.copyOf(kinds.values());
    }

    /** All names, the house's own first. */
    public List<String> names() {
        return List.copyOf(kinds.keySet());
    }

    /** Whether there will be one of this name. */
    boolean later(String name) {
        return LATER.contains(name);
    }
}
