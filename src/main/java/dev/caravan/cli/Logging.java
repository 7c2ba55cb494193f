package dev.caravan.cli;

import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * Sets up logging before the first logger is made: logback.xml reads these properties. A command that ends at once is quiet but for
 * warnings; one that stays says what it does.
 */
final class Logging {

    private Logging() {}

    static void configure(Globals globals, Map<String, String> env, ParseResult parsed) {
        boolean json =
                globals.log == null ? "json".equalsIgnoreCase(env.get("CARAVAN_LOG")) : globals.log == Globals.Log.json;
        boolean stays = parsed.hasSubcommand()
                && parsed.subcommand().commandSpec().name().equals("run");
        System.setProperty("caravan.log", json ? "json" : "text");
        System.setProperty("caravan.log.level", globals.verbose || stays ? "INFO" : "WARN");
    }
}
