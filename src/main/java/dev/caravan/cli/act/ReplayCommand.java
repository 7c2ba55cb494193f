package dev.caravan.cli.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations.Replayed;
import dev.caravan.app.json.ReplayJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnUnknown;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code caravan replay NAME}: rows that wait for a person are planned again by the next run. Sends nothing itself. */
@Command(
        name = "replay",
        description = {
            "Have the next run plan again what the destination refused and what stands because of that.",
            "With --unknown instead: say what is done about inserts that may have arrived, after looking."
        })
public final class ReplayCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Parameters(paramLabel = "NAME", description = "The mapping.")
    private String name = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "Only this key; may be said more than once. Parts of a composite one joined by |.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--unknown",
            paramLabel = "WORD",
            description = {
                "resend: send them, though they may be there twice then;",
                "drop: take them as arrived;",
                "hold: wait on, which takes an earlier word back."
            })
    private @Nullable OnUnknown unknown;

    public ReplayCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        MappingId mapping = Desk.mapping(name);
        Optional<OnUnknown> word = Optional.ofNullable(unknown);
        Replayed replayed = desk.change(
                operations -> operations.replay(mapping, new LinkedHashSet<>(keys), word, signature.now(desk)));
        ObjectNode json = ReplayJson.writeReplayed(replayed);
        json.put("mapping", mapping.value());
        desk.answer(json, out -> print(out, mapping, word, replayed));
        return Exit.DONE;
    }

    private static void print(PrintStream out, MappingId mapping, Optional<OnUnknown> word, Replayed replayed) {
        long rows = replayed.rows();
        String what = word.isPresent()
                ? rows + (rows == 1 ? " insert" : " inserts") + " in doubt"
                : rows + (rows == 1 ? " rejection" : " rejections");
        out.println(mapping + ": " + what + " " + word.map(ReplayCommand::done).orElse("lifted")
                + (rows == 0 ? "" : "; the next run plans accordingly, caravan plan " + mapping + " shows it"));
        if (replayed.strangers() > 0) {
            out.println(replayed.strangers()
                    + (replayed.strangers() == 1 ? " key that was named is" : " keys that were named are")
                    + " none of these: caravan rejected " + mapping + " lists them");
        }
    }

    private static String done(OnUnknown word) {
        return switch (word) {
            case HOLD -> "to be held";
            case RESEND -> "to be sent again";
            case DROP -> "to be taken as arrived";
        };
    }
}
