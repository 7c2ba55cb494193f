package dev.caravan.cli;

import dev.caravan.cli.act.ApproveCommand;
import dev.caravan.cli.act.ForgetCommand;
import dev.caravan.cli.act.PauseCommand;
import dev.caravan.cli.act.RejectCommand;
import dev.caravan.cli.act.ReplayCommand;
import dev.caravan.cli.act.ResetCommand;
import dev.caravan.cli.act.ResumeCommand;
import dev.caravan.cli.act.SyncCommand;
import dev.caravan.cli.ask.ConnectorsCommand;
import dev.caravan.cli.ask.DoctorCommand;
import dev.caravan.cli.ask.PlanCommand;
import dev.caravan.cli.ask.RecordCommand;
import dev.caravan.cli.ask.RejectedCommand;
import dev.caravan.cli.ask.RunsCommand;
import dev.caravan.cli.ask.SchemaCommand;
import dev.caravan.cli.ask.ShowCommand;
import dev.caravan.cli.ask.StatusCommand;
import dev.caravan.cli.ask.ValidateCommand;
import dev.caravan.cli.demo.DemoStory;
import dev.caravan.cli.demo.OwnStage;
import dev.caravan.cli.serve.DemoCommand;
import dev.caravan.cli.serve.RunCommand;
import dev.caravan.cli.serve.SandboxCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The program. Reads the arguments, lets one command work, and ends with its exit code. */
@Command(
        name = "caravan",
        usageHelpWidth = 110,
        versionProvider = Version.class,
        description = "Syncs models in a warehouse to CRMs, and writes nothing that no guard has allowed.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 invalid input, 3 environment, 4 held for approval."})
public final class Caravan {

    @Mixin
    private final Globals globals = new Globals();

    private Caravan() {}

    /** Runs one command and ends the JVM. */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        Signals.handle();
        GoodOrder order = new GoodOrder(console);
        int exit = run(console, new ProcessDoor(order), new DemoStory(new OwnStage(Version.text())), args);
        order.answered();
        System.exit(exit);
    }

    /** Runs one command in this JVM and returns its exit code; what the whole program is but for {@code System.exit}. */
    public static int run(Console console, Door door, Story demo, String... args) {
        Caravan root = new Caravan();
        Desk desk = new Desk(console, door, root.globals);
        CommandLine line = new CommandLine(root);
        commands(desk, demo).forEach(line::addSubcommand);
        Failures failures = new Failures(console, root.globals);
        line.setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(failures::usage)
                .setExecutionExceptionHandler(failures::thrown)
                .setExecutionStrategy(parsed -> {
                    Logging.configure(root.globals, console.env(), parsed);
                    return new CommandLine.RunLast().execute(parsed);
                });
        return line.execute(args);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static List<Object> commands(Desk desk, Story demo) {
        return List.of(
                new ValidateCommand(desk),
                new PlanCommand(desk),
                new SyncCommand(desk),
                new RunCommand(desk),
                new StatusCommand(desk),
                new RunsCommand(desk),
                new ShowCommand(desk),
                new ApproveCommand(desk),
                new RejectCommand(desk),
                new PauseCommand(desk),
                new ResumeCommand(desk),
                new RecordCommand(desk),
                new RejectedCommand(desk),
                new ReplayCommand(desk),
                new ResetCommand(desk),
                new ForgetCommand(desk),
                new SandboxCommand(desk),
                new DemoCommand(desk, demo),
                new DoctorCommand(desk),
                new ConnectorsCommand(desk),
                new SchemaCommand(desk));
    }
}
