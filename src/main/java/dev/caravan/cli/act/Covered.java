package dev.caravan.cli.act;

import dev.caravan.cli.Desk;
import dev.caravan.ledger.Scope;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a pause is about: everything, a connection or a mapping, and exactly one of them. */
final class Covered {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A mapping, as --mapping.")
    private @Nullable String name;

    @Option(names = "--all", description = "Everything: every mapping and every connection.")
    private boolean all;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            description = "Whatever writes to a connection or reads from it.")
    private @Nullable String connection;

    @Option(names = "--mapping", paramLabel = "NAME", description = "One mapping.")
    private @Nullable String mapping;

    Scope scope() {
        List<Scope> named = Stream.of(
                        all ? Optional.<Scope>of(new Scope.All()) : Optional.<Scope>empty(),
                        Optional.ofNullable(connection).map(Covered::ofConnection),
                        Optional.ofNullable(mapping).map(Covered::ofMapping),
                        Optional.ofNullable(name).map(Covered::ofMapping))
                .flatMap(Optional::stream)
                .toList();
        if (named.size() != 1) {
            throw new InvalidInput(Problem.of(
                    Code.USAGE,
                    named.isEmpty()
                            ? "nothing was named"
                            : "only one of NAME, --mapping, --connection and --all may be said",
                    "name a mapping, or say --connection NAME or --all"));
        }
        return named.getFirst();
    }

    private static Scope ofMapping(String typed) {
        return new Scope.OnMapping(Desk.mapping(typed));
    }

    private static Scope ofConnection(String typed) {
        return Scope.parse("connection:" + typed)
                .orElseThrow(() -> new InvalidInput(Problem.of(
                        Code.CONNECTION_UNKNOWN,
                        "'" + typed + "' cannot be a connection",
                        "name it as under connections: in caravan.yaml")));
    }
}
