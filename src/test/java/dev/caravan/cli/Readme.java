package dev.caravan.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README's fenced blocks. */
final class Readme {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
    private static final Pattern EXIT = Pattern.compile("exit code (\\d)");

    private Readme() {}

    /** A command of a shell block, and the exit code that its comment promises. */
    record Command(String line, int exit) {}

    static String text() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> blocks(String kind) {
        return BLOCK.matcher(text())
                .results()
                .filter(block -> block.group(1).equals(kind))
                .map((MatchResult block) -> block.group(2))
                .toList();
    }

    static Stream<Command> commands() {
        return blocks("sh").stream().flatMap(String::lines).map(Readme::command);
    }

    private static Command command(String line) {
        Matcher exit = EXIT.matcher(line);
        return new Command(withoutComment(line), exit.find() ? Integer.parseInt(exit.group(1)) : 0);
    }

    /** A comment begins after at least two blanks. */
    static String withoutComment(String line) {
        return line.replaceFirst("(^|\\s+)# .*$", "").stripTrailing();
    }
}
