package dev.caravan.cli.act;

import dev.caravan.cli.Desk;
import dev.caravan.ledger.Decisions.Decision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides and why; both go into the audit. */
final class Signature {

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the audit.")
    private String why = "";

    @Option(names = "--who", paramLabel = "NAME", description = "Who decides. Default: the user logged in.")
    private @Nullable String who;

    Decision now(Desk desk) {
        return desk.decision(who, why);
    }
}
