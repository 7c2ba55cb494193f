package dev.caravan.cli.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Forgot;
import dev.caravan.app.json.ForgotJson;
import dev.caravan.app.json.Json;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.mapping.MappingId;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan forget KEY}: everything of a key goes from ledger and snapshots. Asks on a terminal, else wants {@code --yes}. */
@Command(name = "forget", description = "Erase everything kept of a key. The books stay, under a keyed hash.")
public final class ForgetCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(paramLabel = "KEY", description = "The key; parts of a composite one joined by |.")
    private String key = "";

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "Only what this mapping knows. Default: all mappings.")
    private @Nullable String mapping;

    public ForgetCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Optional<MappingId> only = Optional.ofNullable(mapping).map(Desk::mapping);
        confirmation.require(
                desk,
                "forget",
                "Erase everything kept of this key"
                        + only.map(id -> " by " + id).orElse("")
                        + "? A row of it that is still in the model is sent as a new one.");
        List<Forgot> forgot = desk.change(operations -> operations.forget(only, key, signature.now(desk)));
        ObjectNode json = Json.object();
        json.set("forgotten", Json.list(forgot, ForgotJson::write));
        desk.answer(json, out -> print(out, forgot));
        return Exit.DONE;
    }

    private static void print(PrintStream out, List<Forgot> forgot) {
        if (forgot.isEmpty()) {
            out.println("nothing is kept of this key; caravan record KEY finds it as it was sent");
        }
        for (Forgot each : forgot) {
            out.println(each.mapping() + ": erased from " + each.rows() + (each.rows() == 1 ? " row" : " rows")
                    + (each.snapshot() ? " and the snapshot" : "") + "; the books have it as " + each.token());
        }
        if (!forgot.isEmpty()) {
            out.println("If its row is still in the model, the next run adds it again: take it out there first.");
            out.println("The destination's record, backups and what was copied elsewhere are not touched.");
        }
    }
}
