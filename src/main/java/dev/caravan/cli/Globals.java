package dev.caravan.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that stand before or after any command. */
final class Globals {

    @Option(
            names = {"-w", "--workspace"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The folder with caravan.yaml. Default: here, else where Caravan is installed.")
    @Nullable
    Path workspace;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print exactly one JSON object on stdout.")
    boolean json;

    @Option(
            names = "--log",
            paramLabel = "json|text",
            scope = ScopeType.INHERIT,
            description = "How log lines look on stderr. Default: $CARAVAN_LOG, else text.")
    @Nullable
    Log log;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Log what is done, and show every sample.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    /** The two looks of a log line. */
    enum Log {
        json,
        text
    }
}
