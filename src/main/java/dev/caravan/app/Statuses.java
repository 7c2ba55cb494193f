package dev.caravan.app;

import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Scope;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Schedule;
import dev.caravan.problem.Problem;
import dev.caravan.run.Run;
import dev.caravan.run.RunState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How every mapping stands, from registry, ledger and schedules. */
final class Statuses {

    private final MappingRegistry mappings;
    private final Ledger ledger;
    private final PastRuns past;
    private final Pauses pauses;
    private final Schedules schedules;
    private final Supplier<Optional<Problem>> reload;

    /**
     * Their view.
     *
     * @param reload why the files cannot be read again, if they cannot
     */
    Statuses(
            MappingRegistry mappings,
            Ledger ledger,
            PastRuns past,
            Pauses pauses,
            Schedules schedules,
            Supplier<Optional<Problem>> reload) {
        this.mappings = mappings;
        this.ledger = ledger;
        this.past = past;
        this.pauses = pauses;
        this.schedules = schedules;
        this.reload = reload;
    }

    List<MappingStatus> all() {
        return mappings.all().stream().map(this::of).toList();
    }

    private MappingStatus of(Mapping mapping) {
        MappingId id = mapping.id();
        Optional<Run> last = past.newest(Optional.of(id), 1).stream().findFirst();
        return new MappingStatus(
                id,
                mapping.description(),
                mapping.owner(),
                mapping.target().connection() + " " + mapping.target().object(),
                mapping.model().key(),
                mapping.schedule().map(Statuses::text).orElse(""),
                last,
                ledger.heldPlan(id),
                pauses.among(Scope.over(mapping)),
                ledger.standingCount(id),
                ledger.unresolvedCount(id),
                unsettled(id, last),
                schedules.next(id),
                schedules.problem(id).map(Problem::oneLine),
                mappings.broken(id).or(reload).map(Problem::oneLine));
    }

    private Unsettled unsettled(MappingId id, Optional<Run> last) {
        boolean cutOff = last.filter(run -> run.state() == RunState.INTERRUPTED).isPresent();
        return new Unsettled(
                new DoubtList(ledger, mappings).since(id),
                cutOff ? ledger.openRows(id, 0) : 0,
                last.map(past::heldBy).orElse(Map.of()),
                last.filter(run -> run.state() == RunState.DONE)
                        .flatMap(run -> ledger.planOfRun(run.id()))
                        .map(plan -> plan.summary().comeBack())
                        .orElse(0L));
    }

    private static String text(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Every every ->
                "every " + every.interval().toString().substring(2).toLowerCase(Locale.ROOT);
            case Schedule.Cron cron -> "cron " + cron.expression() + " " + cron.zone();
        };
    }
}
