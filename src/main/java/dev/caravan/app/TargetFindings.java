package dev.caravan.app;

import dev.caravan.ledger.Pause;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.Mapping;
import dev.caravan.problem.CaravanException;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What would keep mappings from writing where they say: their destinations are asked, and nothing is written. */
final class TargetFindings {

    private final MappingRegistry mappings;
    private final Pauses pauses;
    private final Connections connections;
    private final Quotes quotes;
    private final Runnable look;

    /**
     * The destinations of these mappings.
     *
     * @param look takes over what was edited since
     */
    TargetFindings(MappingRegistry mappings, Pauses pauses, Connections connections, Quotes quotes, Runnable look) {
        this.mappings = mappings;
        this.pauses = pauses;
        this.connections = connections;
        this.quotes = quotes;
        this.look = look;
    }

    List<Problem> all() {
        look.run();
        List<Problem> problems = new ArrayList<>();
        // A connection that lets nobody in does so for all of its mappings: one word on it is enough.
        Set<String> shut = new HashSet<>();
        for (Mapping mapping : mappings.all()) {
            String connection = mapping.target().connection();
            Optional<Pause> pause =
                    pauses.among(Scope.over(connection)).stream().findFirst();
            if (!shut.contains(connection) && pause.isPresent()) {
                shut.add(connection);
                problems.add(paused(connection, pause.get()));
            } else if (!shut.contains(connection)) {
                problems.addAll(of(mapping, shut));
            }
        }
        return problems.stream().distinct().toList();
    }

    private List<Problem> of(Mapping mapping, Set<String> shut) {
        try {
            connections.probe(mapping);
            return List.of();
        } catch (InvalidInput wrong) {
            return quotes.of(wrong).problems();
        } catch (CaravanException failure) {
            shut.add(mapping.target().connection());
            return failure.problems();
        }
    }

    /** The kill switch means no request at all. */
    private static Problem paused(String connection, Pause pause) {
        return Problem.of(
                Code.RUN_PAUSED,
                "connection " + connection + " was not asked: " + pause.oneLine(),
                pause.scope().lifting() + " lifts it");
    }
}
