package dev.caravan.connector.declared;

import dev.caravan.connector.declared.spec.JobSpec;
import dev.caravan.connector.declared.spec.ObjectSpec;
import dev.caravan.connector.declared.spec.OperationSpec;
import dev.caravan.connector.declared.spec.Strategy;
import dev.caravan.connector.declared.spec.Strategy.Next;
import dev.caravan.destination.Action;
import dev.caravan.destination.Capabilities;
import dev.caravan.destination.Capabilities.Ability;
import dev.caravan.destination.Capabilities.Rekeys;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** What an object's operations can take, and what they cost. */
public final class Abilities {

    /** Polls of a job, as an estimate. */
    private static final int POLLS = 4;

    private Abilities() {}

    /** What can be done with an object of this kind, whatever the connection. */
    public static Capabilities of(ObjectSpec object) {
        Map<Action, Ability> abilities = new EnumMap<>(Action.class);
        object.operations().forEach((action, operation) -> abilities.put(action, of(operation)));
        return new Capabilities(abilities);
    }

    private static Ability of(OperationSpec operation) {
        Ability part = travels(operation);
        Ability ability = operation.whole() ? part.ofWholes(operation.identifiers()) : part;
        return operation
                .byId()
                .map(byId -> ability.that(new Rekeys(true, byId.fixed())))
                .orElse(ability);
    }

    private static Ability travels(OperationSpec operation) {
        int rows = operation.strategy().batch().rows();
        if (operation.strategy() instanceof Strategy.Job) {
            return new Ability(rows, rows, 1, operation.dedupeWindow());
        }
        return operation
                .staged()
                .map(staged -> new Ability(rows, staged.job().batch().rows(), staged.from(), operation.dedupeWindow()))
                .orElseGet(() -> new Ability(rows, 0, 0, operation.dedupeWindow()));
    }

    static long requests(OperationSpec operation, boolean job, long writes) {
        return switch (operation.strategy()) {
            case Strategy.Job staged -> requests(staged, writes);
            case Strategy.Batch batch ->
                operation
                        .staged()
                        .filter(staged -> job)
                        .map(staged -> requests(staged.job(), writes))
                        .orElseGet(() -> requests(batch, writes));
            case Strategy.Match match ->
                ceil(writes, match.batch().rows())
                        + Stream.of(match.found(), match.absent())
                                .filter(Next.Do.class::isInstance)
                                .mapToLong(next -> requests(((Next.Do) next).how(), writes))
                                .max()
                                .orElse(0);
        };
    }

    /** As if answers said nothing of any row, where that is asked after. */
    private static long requests(Strategy.Batch batch, long writes) {
        return ceil(writes, batch.batch().rows())
                + batch.confirm().stream()
                        .mapToLong(confirm -> ceil(writes, confirm.batch().rows()))
                        .sum();
    }

    private static long requests(Strategy.Job staged, long writes) {
        JobSpec job = staged.job();
        long each = 1
                + job.upload().stream().count()
                + job.close().stream().count()
                + POLLS
                + job.results().stream()
                        .filter(results -> results.request().isPresent())
                        .count();
        return ceil(writes, staged.batch().rows()) * each;
    }

    private static long ceil(long rows, long each) {
        return (rows + each - 1) / each;
    }
}
