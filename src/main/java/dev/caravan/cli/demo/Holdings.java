package dev.caravan.cli.demo;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** What the two destinations of the demo hold, counted there. */
record Holdings(Sandbox sandbox, Path exports) {

    String leads() {
        return figure(sandbox.records("Lead").size());
    }

    /** Rows of the file, without its header. */
    String calls() {
        Path file = exports.resolve(DemoWorkspace.CALL_LIST);
        try (Stream<String> lines = Files.lines(file)) {
            return figure(lines.count() - 1);
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(Code.STATE_IO, file + " cannot be read", "check the disk and the folder's rights"));
        }
    }

    private static String figure(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
