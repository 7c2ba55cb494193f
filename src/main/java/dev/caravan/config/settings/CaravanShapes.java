package dev.caravan.config.settings;

import static dev.caravan.config.settings.SettingShapes.DURATION;
import static dev.caravan.config.settings.SettingShapes.TEXT;
import static dev.caravan.yaml.shape.Key.may;
import static dev.caravan.yaml.shape.Key.must;
import static dev.caravan.yaml.shape.Shape.all;
import static dev.caravan.yaml.shape.Shape.block;

import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.BlockShape;
import dev.caravan.yaml.shape.Shape;
import java.util.Map;
import java.util.TreeMap;

/** What {@code caravan.yaml} may say. */
public final class CaravanShapes {

    private static final Shape PORT = new Shape.Whole(0, 65_535);
    private static final Shape.NameForm NAME =
            new Shape.NameForm("[a-z][a-z0-9_-]*", "name a connection", "use lower-case letters, digits, _ and -");

    private static final Shape LEDGER = all(
            TEXT,
            new Shape.Worded(
                    new Shape.Written("a store", "sqlite:[\\s\\S]+|postgres(ql)?:[\\s\\S]*"),
                    Code.YAML_BAD_VALUE,
                    "{name} names no store",
                    "write sqlite:state/ledger.db, or postgresql://host:5432/database with user and password beside it"));

    private static final BlockShape STATE = BlockShape.of(
            "state",
            "'state'",
            may("ledger", LEDGER, "the ledger's file, or the server that keeps it; sqlite:state/ledger.db"),
            may("user", SettingShapes.SETTING, "who logs in at the ledger's server"),
            may("password", SettingShapes.SECRET, "the user's password"),
            may("lease", DURATION, "with a server: how long a silent worker keeps its mappings, 10s or more; 5m"),
            may("snapshots", TEXT, "the folder with one snapshot a mapping; state/snapshots"),
            may("keep_journal", DURATION, "how long what happened is kept, 2d or more; 30d"),
            may("keep_values", DURATION, "how long the values that were sent are kept, 2d or more; 90d"));

    private static final BlockShape ENGINE = BlockShape.of(
            "engine",
            "'engine'",
            may("memory", new Shape.Amount(Shape.Unit.MEMORY), "the embedded engine's, outside the Java heap; 1GB"),
            may("threads", new Shape.Whole(1, 256), "the embedded engine's; 2"),
            may("temp", TEXT, "where it spills to; state/tmp"));

    private static final BlockShape SERVER = BlockShape.of(
            "server",
            "'server'",
            may("port", PORT, "of the local API; 0 takes any free one"),
            may("management_port", PORT, "of health and metrics; 9876"));

    private CaravanShapes() {}

    /** The file, with connections on these connectors: for editors. */
    public static BlockShape file(Catalogue catalogue) {
        Map<String, BlockShape> kinds = new TreeMap<>();
        catalogue.kinds().forEach(kind -> kinds.put(kind.name(), SettingShapes.of(kind)));
        return file(new Shape.Tagged("a connection", "connector", kinds));
    }

    /** The file, but for its connections, each of which is judged by its own connector. */
    static BlockShape file() {
        return file(new Shape.Anything("a connection"));
    }

    private static BlockShape file(Shape connection) {
        return BlockShape.of(
                        "caravan",
                        "caravan.yaml",
                        must(
                                "connections",
                                new Shape.Names("name: {connector: …}", connection, NAME),
                                "one account, database or folder each"),
                        may("state", block(STATE), "where state is kept, and how long"),
                        may("engine", block(ENGINE), "limits of the embedded engine"),
                        may("server", block(SERVER), "local ports"))
                .later("defaults", "delivery", "diff", "alerts");
    }
}
