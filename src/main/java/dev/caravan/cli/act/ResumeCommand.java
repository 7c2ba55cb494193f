package dev.caravan.cli.act;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations.Resumed;
import dev.caravan.app.json.PauseJson;
import dev.caravan.cli.Desk;
import dev.caravan.cli.Exit;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code caravan resume}: lifts the pause of what is named, and says which others still stop it. */
@Command(name = "resume", description = "Lift a pause of a mapping, a connection or everything.")
public final class ResumeCommand implements Callable<Integer> {

    private final Desk desk;

    @Mixin
    private final Signature signature = new Signature();

    @Mixin
    private final Covered covered = new Covered();

    public ResumeCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Scope scope = covered.scope();
        Resumed resumed = desk.change(operations -> operations.resume(scope, signature.now(desk)));
        ObjectNode json = PauseJson.writeResumed(resumed);
        json.put("scope", scope.text()).put("state", resumed.left().isEmpty() ? "resumed" : "paused");
        desk.answer(json, out -> print(out, scope, resumed));
        return Exit.DONE;
    }

    private static void print(PrintStream out, Scope scope, Resumed resumed) {
        String done = resumed.lifted().isPresent()
                ? "the pause of " + scope.words() + " is lifted"
                : scope.words() + " was not paused";
        out.println(resumed.left().isEmpty() ? done + "; it may run" : done + ", but:");
        for (Pause pause : resumed.left()) {
            out.println("  " + pause.oneLine() + "; " + pause.scope().lifting());
        }
    }
}
