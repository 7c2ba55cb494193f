package dev.caravan.config.settings;

import dev.caravan.problem.CaravanException.EnvironmentFailure;
import dev.caravan.problem.Code;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A value of a connection that may stand elsewhere. It is looked up anew at each {@link #resolve}, so a rotated secret needs
 * no restart, and never kept: printing a setting shows where its value comes from, not the value.
 */
public sealed interface Setting {

    /** Its value now; empty when there is none. */
    Optional<String> lookup();

    /** Where it is written, or referred to. */
    Place place();

    /** What holds the value, in words. */
    String source();

    /** What is wrong while there is no value. */
    Problem missing();

    /** Its value now, or {@code EnvironmentFailure} with the code {@code secret.missing}. */
    default String resolve() {
        return lookup().orElseThrow(() -> new EnvironmentFailure(missing()));
    }

    /** Written in the file itself. Never a secret. */
    record Literal(String text, Place place) implements Setting {
        @Override
        public Optional<String> lookup() {
            return Optional.of(text);
        }

        @Override
        public String source() {
            return "the value";
        }

        @Override
        public Problem missing() {
            throw new IllegalStateException("a literal is always there");
        }
    }

    /** {@code {{env:NAME}}}: a variable that is set and not empty. */
    record FromEnvironment(String name, Place place, Environment environment) implements Setting {
        @Override
        public Optional<String> lookup() {
            return environment.variable(name).filter(value -> !value.isEmpty());
        }

        @Override
        public String source() {
            return "the environment variable " + name;
        }

        @Override
        public Problem missing() {
            return Problem.at(
                    Code.SECRET_MISSING,
                    place,
                    source() + " is not set",
                    "set it and try again; for an API that the sandbox stands in for, caravan sandbox prints what to set it to");
        }

        @Override
        public String toString() {
            return "{{env:" + name + "}}";
        }
    }

    /**
     * {@code {{file:path}}}: a file's content without the line end after it. Mounted secrets change below a running
     * process, so it is read each time.
     *
     * @param written the path as the workspace writes it
     */
    record FromFile(Path file, String written, Place place) implements Setting {
        private static final int MAX_BYTES = 65_536;

        @Override
        public Optional<String> lookup() {
            try {
                if (Files.size(file) > MAX_BYTES) {
                    return Optional.empty();
                }
                return Optional.of(Files.readString(file).stripTrailing()).filter(value -> !value.isEmpty());
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public String source() {
            return "the file " + written;
        }

        @Override
        public Problem missing() {
            return Problem.at(
                    Code.SECRET_MISSING,
                    place,
                    "no readable text of at most 64 kB in " + written,
                    "mount or write the file and try again");
        }

        @Override
        public String toString() {
            return "{{file:" + written + "}}";
        }
    }
}
