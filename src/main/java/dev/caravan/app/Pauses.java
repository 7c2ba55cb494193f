package dev.caravan.app;

import dev.caravan.config.settings.Connections;
import dev.caravan.ledger.Decisions;
import dev.caravan.ledger.Decisions.Decision;
import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.pipeline.Holds;
import dev.caravan.pipeline.RunListener;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.problem.Spelling;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The kill switch: what is paused, as the ledger has it, told to {@link Holds} at once where it is decided here and at the next
 * {@link #look} where another process decided it. Safe for many threads.
 */
final class Pauses {

    private final Decisions ledger;
    private final Connections connections;
    private final MappingRegistry mappings;
    private final Holds holds;
    private final RunListener listener;
    private final Consumer<Set<Scope>> lifted;
    private Set<Scope> seen = Set.of();

    /**
     * Nothing looked at yet.
     *
     * @param lifted hears what is paused no longer
     */
    Pauses(
            Decisions ledger,
            Connections connections,
            MappingRegistry mappings,
            Holds holds,
            RunListener listener,
            Consumer<Set<Scope>> lifted) {
        this.ledger = ledger;
        this.connections = connections;
        this.mappings = mappings;
        this.holds = holds;
        this.listener = listener;
        this.lifted = lifted;
    }

    /** As {@link Decisions#pause}; {@code InvalidInput} if there is no such mapping or connection. */
    Optional<Pause> pause(Scope scope, Decision decision) {
        Optional<Pause> before = ledger.pause(known(scope), decision);
        look();
        return before;
    }

    /** As {@link Decisions#resume}. What was paused and is gone since can be resumed too. */
    Operations.Resumed resume(Scope scope, Decision decision) {
        boolean paused =
                ledger.pauses().stream().anyMatch(pause -> pause.scope().equals(scope));
        Scope meant = paused ? scope : known(scope);
        Optional<Pause> ended = ledger.resume(meant, decision);
        look();
        return new Operations.Resumed(ended, over(meant));
    }

    /** Every pause, the widest first. */
    List<Pause> all() {
        return ledger.pauses();
    }

    /** The pauses that stop all or some of a scope. */
    private List<Pause> over(Scope scope) {
        return switch (scope) {
            case Scope.All all -> all();
            case Scope.OnConnection connection -> among(Scope.over(connection.name()));
            case Scope.OnMapping one ->
                among(mappings.find(one.mapping()).map(Scope::over).orElse(List.of(scope)));
        };
    }

    /** The pauses of exactly these scopes. */
    List<Pause> among(List<Scope> scopes) {
        return all().stream().filter(pause -> scopes.contains(pause.scope())).toList();
    }

    /** Looks at the ledger and tells what changed. One at a time, so that an older look never undoes a newer one. */
    synchronized void look() {
        long moment = holds.now();
        Set<Scope> now = ledger.pauses().stream().map(Pause::scope).collect(Collectors.toUnmodifiableSet());
        if (!now.equals(seen)) {
            holds.paused(now);
            listener.paused(now);
            Set<Scope> gone = new HashSet<>(seen);
            gone.removeAll(now);
            seen = now;
            if (!gone.isEmpty()) {
                lifted.accept(gone);
            }
        }
        // Last: what is known must not seem newer than it is.
        holds.looked(moment);
    }

    private Scope known(Scope scope) {
        return switch (scope) {
            case Scope.All all -> all;
            case Scope.OnMapping one ->
                new Scope.OnMapping(mappings.require(one.mapping()).id());
            case Scope.OnConnection connection -> {
                if (!connections.declared(connection.name())) {
                    throw new InvalidInput(Problem.of(
                            Code.CONNECTION_UNKNOWN,
                            "there is no connection " + connection.name(),
                            Spelling.suggest(
                                    connection.name(),
                                    connections.names(),
                                    "there are: " + String.join(", ", connections.names()))));
                }
                yield connection;
            }
        };
    }
}
