package dev.caravan.problem;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The only family of exceptions that Caravan throws on purpose. The kind decides the exit code and whether trying again
 * can help; the problems say what happened.
 */
public abstract sealed class CaravanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    private CaravanException(List<Problem> problems) {
        super(problems.stream().map(Problem::oneLine).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong; never empty. */
    public List<Problem> problems() {
        return problems;
    }

    /** What a person gave us cannot be used: files, arguments, a target that is not the one synced before. Exit code 2. */
    public static final class InvalidInput extends CaravanException {
        private static final long serialVersionUID = 1L;

        public InvalidInput(List<Problem> problems) {
            super(problems);
        }

        public InvalidInput(Problem problem) {
            this(List.of(problem));
        }
    }

    /** Something around us is missing or broken: network, disk, credentials, ports. Exit code 3. */
    public static final class EnvironmentFailure extends CaravanException {
        private static final long serialVersionUID = 1L;

        public EnvironmentFailure(Problem problem) {
            super(List.of(problem));
        }
    }

    /** A run that cannot go on: its lease is lost, its accounting does not balance, its store is damaged. Exit code 1. */
    public static final class RunFailure extends CaravanException {
        private static final long serialVersionUID = 1L;

        public RunFailure(Problem problem) {
            super(List.of(problem));
        }
    }
}
