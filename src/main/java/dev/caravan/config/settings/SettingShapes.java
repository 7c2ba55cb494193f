package dev.caravan.config.settings;

import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;
import static dev.caravan.yaml.shape.Shape.either;

import dev.caravan.config.settings.Connection.Salesforce.Duplicates;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Amounts;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Key;
import dev.caravan.yaml.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What connections may say, each by its connector. */
final class SettingShapes {

    static final Shape TEXT = new Shape.Text("");
    static final Shape DURATION = new Shape.Amount(Shape.Unit.DURATION);

    private static final String PLACES = "\\{\\{\\s*(env:\\s*[A-Za-z_][A-Za-z0-9_]*|file:[^{}]+?)\\s*\\}\\}";
    private static final String HINT = "the whole value is \"{{env:NAME}}\" or \"{{file:path}}\"";
    private static final Shape PLACEHOLDER = new Shape.Written("\"{{env:NAME}}\" or \"{{file:path}}\"", PLACES);

    /** A value that may stand elsewhere. */
    static final Shape SETTING = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("a value", PLACES + "|(?![\\s\\S]*\\{\\{)[\\s\\S]*"),
                    Code.YAML_BAD_VALUE,
                    "{name} holds a placeholder that cannot be",
                    HINT));

    /** A value that must stand elsewhere. What is written is never shown. */
    static final Shape SECRET = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("a placeholder", "\\{\\{\\s*[a-z]+:[^{}]+?\\s*\\}\\}"),
                    Code.SECRET_LITERAL,
                    "{name} is a secret and must not stand in a file",
                    "write \"{{env:NAME}}\" or \"{{file:path}}\", and change the secret if it was shared"),
            new Shape.Worded(PLACEHOLDER, Code.YAML_BAD_VALUE, "{name} holds a placeholder that cannot be", HINT));

    private static final BlockShape WINDOW = BlockShape.of(
            "requests_per_window",
            "'requests_per_window'",
            must("requests", new Shape.Whole(1, 1_000_000), "the most requests of a stretch"),
            must("per", DURATION, "how long the stretch is, at most an hour"));

    private static final BlockShape DAY = BlockShape.of(
            "requests_per_day",
            "'requests_per_day'",
            must("requests", new Shape.Whole(1, 1_000_000_000), "the most requests of a day"),
            may("zone", TEXT, "whose clocks tell when a day begins; without one any 24 hours count"),
            may("at", new Shape.Like("a time such as 06:00", Amounts.TIME), "when it begins; 00:00"));

    private static final BlockShape LIMITS = BlockShape.of(
            "limits",
            "'limits'",
            may(
                    "requests_per_second",
                    new Shape.Decimal(true),
                    "the most requests a second, evenly; as the connector says"),
            may("requests_per_window", block(WINDOW), "the most requests in any stretch of some length"),
            may("requests_per_day", block(DAY), "the most requests of a day, over restarts"),
            may("concurrency", new Shape.Whole(1, 100), "requests and batches at once; as the connector says"),
            may("daily_quota_share", new Shape.Share(), "how much of the account's daily quota may be used; 70%"));

    private static final List<Key> USE = List.of(
            may("limits", block(LIMITS), "one budget for all mappings of the connection"),
            may(
                    "zombie_window",
                    DURATION,
                    "how long a request whose answer was lost may still take effect; as the connector says"));

    /** What every connection has, whatever its connector. */
    static final BlockShape ANY = BlockShape.of(
                    "connection", "a connection", must("connector", TEXT, "what it is a connection to"))
            .others(new Shape.Anything("a value"));

    private SettingShapes() {}

    /** What a connection on this connector may say. */
    static BlockShape of(ConnectorKind kind) {
        return switch (kind.name()) {
            case "duckdb" -> connection(kind, must("path", TEXT, "the database file"));
            case "files" ->
                connection(
                        kind,
                        must("path", TEXT, "the folder whose files are models and destinations"),
                        may(
                                "for_people",
                                new Shape.Flag(),
                                "whether texts of CSV files that begin as formulas get an apostrophe in front; true"));
            case "salesforce" -> salesforce(kind);
            default -> declared(kind);
        };
    }

    private static BlockShape connection(ConnectorKind kind, Key... keys) {
        Key connector = must("connector", TEXT, "what it is a connection to");
        Key[] all = Stream.concat(Stream.of(connector), Stream.of(keys)).toArray(Key[]::new);
        return BlockShape.of("connection_" + kind.name(), "a connection", all);
    }

    private static BlockShape salesforce(ConnectorKind kind) {
        List<Key> keys = new ArrayList<>(List.of(
                must("login_url", address("[^\\s@?#/]+/?", Address.ORGANISATION), "the organisation (My Domain)"),
                must("client_id", SETTING, "the application's consumer key"),
                may("client_secret", SECRET, "of an application with the client-credentials flow"),
                may("username", SETTING, "whom the JWT bearer flow logs in"),
                may("private_key", SECRET, "of the JWT bearer flow: the RSA key in PEM"),
                may("audience", TEXT, "of the JWT bearer flow; by login_url"),
                may("api_version", version(), "the version of the API; v60.0"),
                may(
                        "duplicate_rules",
                        Shape.words(Duplicates.class),
                        "what becomes of a record that a duplicate rule takes for another; obey")));
        keys.addAll(USE);
        return connection(kind, keys.toArray(Key[]::new))
                .oneOf("client_secret", "private_key")
                .needing("username", "private_key")
                .needing("audience", "private_key")
                .needing("private_key", "username");
    }

    private static Shape version() {
        Shape form = new Shape.Written("a version", "v[0-9]{2,3}\\.0");
        return all(TEXT, new Shape.Worded(form, Code.YAML_BAD_VALUE, "not an API version", "write it like v60.0"));
    }

    private static BlockShape declared(ConnectorKind kind) {
        List<Key> keys = new ArrayList<>();
        kind.keys().forEach(key -> keys.add(new Key(key.name(), shape(key), key.always(), key.about())));
        if (kind.destination()) {
            keys.addAll(USE);
        }
        return connection(kind, keys.toArray(Key[]::new));
    }

    private static Shape shape(ConnectorKind.Key key) {
        if (key.secret()) {
            return SECRET;
        }
        if (!key.oneOf().isEmpty()) {
            return either(PLACEHOLDER, new Shape.Words(key.oneOf()));
        }
        return switch (key.form()) {
            case TEXT, PATH -> SETTING;
            case ADDRESS -> address("[^\\s@?#]+", Address.BASE);
            case NUMBER -> form(key, "a whole number", "[0-9]{1,18}");
            case FLAG -> form(key, "true or false", "true|false");
        };
    }

    private static Shape form(ConnectorKind.Key key, String expected, String pattern) {
        String hint = key.about().isEmpty() ? "write " + expected : key.about();
        Shape form = new Shape.Written(expected, pattern);
        Shape worded = new Shape.Worded(form, Code.YAML_BAD_VALUE, "{name} is " + expected, hint);
        return all(TEXT, either(PLACEHOLDER, worded));
    }

    /** The reader of the connection judges more closely; what it says of it is the same. */
    private static Shape address(String host, Address.Form form) {
        Shape.Written written = new Shape.Written("an address", "https?://" + host);
        Shape worded =
                new Shape.Worded(written, Code.YAML_BAD_VALUE, "the value is not " + form.expected(), form.advice());
        return all(SETTING, either(PLACEHOLDER, worded));
    }
}
