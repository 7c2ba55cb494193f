package dev.caravan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.app.Operations;
import dev.caravan.cli.Door.Opened;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What commands share: the workspace, the way into it, and where answers go. */
public final class Desk {

    private final Console console;
    private final Door door;
    private final Globals globals;

    Desk(Console console, Door door, Globals globals) {
        this.console = console;
        this.door = door;
        this.globals = globals;
    }

    /** The process's surroundings. */
    public Console console() {
        return console;
    }

    /** The way into workspaces. */
    public Door door() {
        return door;
    }

    /** Whether every detail is wanted. */
    public boolean verbose() {
        return globals.verbose;
    }

    /** The workspace asked for, or the nearest. */
    public Path workspace() {
        return Workspaces.find(globals.workspace, Path.of(""), System.getProperty("caravan.home"));
    }

    /** The same, for a command that changes something there: says which it is where nobody named it. */
    public Path workspaceToChange() {
        Path workspace = workspace();
        Workspaces.notice(globals.workspace, Path.of(""), System.getProperty("caravan.home"))
                .ifPresent(console.err()::println);
        return workspace;
    }

    /** The same for a command that can do without; one that was asked for must be there. */
    public Optional<Path> maybeWorkspace() {
        return globals.workspace == null
                ? Workspaces.nearest(Path.of(""), System.getProperty("caravan.home"))
                : Optional.of(workspace());
    }

    /** Where Caravan is installed, if the launcher has said so. */
    public static Optional<Path> installed() {
        return Optional.ofNullable(System.getProperty("caravan.home")).map(Path::of);
    }

    /** Opens the workspace, asks, and closes it. */
    public <T> T ask(Function<Operations, T> question) {
        try (Opened opened = door.open(workspace())) {
            return question.apply(opened.operations());
        }
    }

    /** Opens the workspace, has something changed, and closes it. */
    public <T> T change(Function<Operations, T> order) {
        try (Opened opened = door.open(workspaceToChange())) {
            return order.apply(opened.operations());
        }
    }

    /** Opens the workspace, has something done that has no answer, and closes it. */
    public void tell(Consumer<Operations> order) {
        try (Opened opened = door.open(workspaceToChange())) {
            order.accept(opened.operations());
        }
    }

    /** Opens the workspace, has something run that reports its progress, and closes it. */
    public <T> T run(Running<T> running) {
        try (Opened opened = door.open(workspaceToChange());
                ProgressLine line = progress()) {
            return running.run(opened.operations(), line);
        }
    }

    /** Whether stdout is for one JSON object alone. */
    public boolean json() {
        return globals.json;
    }

    /** Shows progress until it is closed. */
    public ProgressLine progress() {
        return new ProgressLine(console.err(), console.lively(), console.nanos());
    }

    /** Prints an answer: the object under {@code --json}, else the text. */
    public void answer(ObjectNode json, Consumer<PrintStream> text) {
        if (globals.json) {
            console.out().println(json);
        } else {
            text.accept(console.out());
        }
    }

    /** The mapping of a name as typed; also its path with {@code .yaml}. */
    public static MappingId mapping(String name) {
        String id = name.endsWith(".yaml") ? name.substring(0, name.length() - ".yaml".length()) : name;
        if (!MappingId.valid(id)) {
            throw new InvalidInput(Problem.of(
                    Code.MAPPING_UNKNOWN,
                    "'" + name + "' cannot be a mapping",
                    "name it by its path under mappings/ without .yaml, such as growth/lead-scores; caravan status lists"
                            + " them"));
        }
        return new MappingId(id);
    }

    /** A person's word, now. Without a name it is the user's of the operating system. */
    public Decision decision(@Nullable String who, String why) {
        String user = who == null ? System.getProperty("user.name", "unknown") : who;
        return new Decision(user, why, console.clock().instant());
    }

    /** Something that runs and says how far it is. */
    @FunctionalInterface
    public interface Running<T> {
        /** Runs it. */
        T run(Operations operations, ProgressLine progress);
    }
}
