package dev.caravan.cli.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.json.PauseJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan pause}: what is named starts no run and sends nothing until it is resumed. */
@Command(
        name = "pause",
        description = {
            "Stop a mapping, a connection or everything: from a second later no request is sent, until it is resumed.",
            "What is under way is still recorded; what is cut off goes on by itself after a resume."
        })
public final class PauseCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Mixin
    private final Covered covered = new Covered();

    public PauseCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Scope scope = covered.scope();
        Optional<Pause> before = desk.change(operations -> operations.pause(scope, signature.now(desk)));
        ObjectNode json = PauseJson.writeBefore(before);
        json.put("scope", scope.text()).put("state", "paused");
        desk.answer(
                json,
                out -> out.println(before.map(pause -> "nothing changed: " + pause.oneLine())
                                .orElseGet(() -> scope.words() + " is paused")
                        + "; " + scope.lifting() + " lets it run again"));
        return Exit.DONE;
    }
}
