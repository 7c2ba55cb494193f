package dev.caravan.app;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Schedule;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each scheduled mapping a route from the templates in {@code routes/schedule.camel.yaml}, and takes it away again. A schedule
 * that cannot be made is a problem of its mapping alone.
 */
final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final String GROUP = "caravan";

    /** Long enough that routes are up; a worker that starts need not wait. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    /** An edited schedule gives its editor a moment to see what they wrote. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Supplier<CamelContext> camel;
    private final InstantSource clock;
    private final Function<MappingId, Optional<Instant>> lastStart;
    private final Map<String, MappingId> byRoute = new ConcurrentHashMap<>();
    private final Map<MappingId, Mapping> current = new ConcurrentHashMap<>();
    private final Map<MappingId, Problem> failed = new ConcurrentHashMap<>();
    private boolean begun;

    /**
     * No schedules yet.
     *
     * @param lastStart when a mapping's newest run began: {@code every} goes on counting from there
     */
    Schedules(Supplier<CamelContext> camel, InstantSource clock, Function<MappingId, Optional<Instant>> lastStart) {
        this.camel = camel;
        this.clock = clock;
        this.lastStart = lastStart;
    }

    /** The mapping that a route fires. */
    Optional<MappingId> mappingOf(String route) {
        return Optional.ofNullable(byRoute.get(route));
    }

    /**
     * Makes the schedules those of these mappings: what is gone ends, what is other than before is replaced, what could not be made is
     * tried again. A schedule that stays the same keeps its beat.
     */
    synchronized void align(List<Mapping> mappings) {
        Duration soonest = begun ? GRACE : AT_ONCE;
        begun = true;
        Set<MappingId> wanted = mappings.stream().map(Mapping::id).collect(Collectors.toSet());
        current.values().stream()
                .filter(mapping -> !wanted.contains(mapping.id()))
                .forEach(mapping -> attempt(mapping, () -> {
                    end(mapping.id());
                    current.remove(mapping.id());
                }));
        mappings.stream()
                .filter(mapping -> failed.containsKey(mapping.id()) || !isSet(mapping))
                .forEach(mapping -> attempt(mapping, () -> {
                    current.put(mapping.id(), mapping);
                    end(mapping.id());
                    mapping.schedule().ifPresent(schedule -> make(mapping.id(), schedule, soonest));
                }));
    }

    private boolean isSet(Mapping mapping) {
        return Optional.ofNullable(current.get(mapping.id()))
                .flatMap(Mapping::schedule)
                .equals(mapping.schedule());
    }

    private void make(MappingId mapping, Schedule schedule, Duration soonest) {
        String route = route(mapping);
        byRoute.put(route, mapping);
        template(mapping, schedule, soonest)
                .routeId(route)
                .parameter("route", route)
                .add();
    }

    private void end(MappingId mapping) throws Exception {
        String route = route(mapping);
        byRoute.remove(route);
        camel.get().getRouteController().stopRoute(route);
        camel.get().removeRoute(route);
    }

    /** Something done to a route, as Camel declares it. */
    @FunctionalInterface
    private interface Attempt {
        void make() throws Exception;
    }

    private void attempt(Mapping mapping, Attempt attempt) {
        try {
            Declared.call(() -> {
                attempt.make();
                return mapping;
            });
            failed.remove(mapping.id());
        } catch (ExecutionException e) {
            byRoute.remove(route(mapping.id()));
            fail(mapping, e);
        }
    }

    private void fail(Mapping mapping, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        Problem problem = Problem.at(
                Code.SCHEDULE_CRON,
                mapping.place(),
                "the schedule could not be set: "
                        + String.valueOf(cause.getMessage()).replaceAll("\\.$", ""),
                "correct 'schedule'; until then the mapping runs by command alone");
        if (!problem.equals(failed.put(mapping.id(), problem))) {
            LOG.warn("{}", problem.oneLine());
        }
    }

    /** Why a mapping does not fire as its file asks for. */
    Optional<Problem> problem(MappingId mapping) {
        return Optional.ofNullable(failed.get(mapping));
    }

    /** Everything that could not be scheduled. */
    List<Problem> problems() {
        return List.copyOf(failed.values());
    }

    /** One interval after the newest run, whoever asked for it; where that is past, or there was none, as soon as may be. */
    private Duration delay(MappingId mapping, Schedule.Every every, Duration soonest) {
        Duration left = lastStart
                .apply(mapping)
                .map(start -> Duration.between(clock.instant(), start.plus(every.interval())))
                .orElse(Duration.ZERO);
        return left.compareTo(soonest) > 0 ? left : soonest;
    }

    private TemplatedRouteBuilder template(MappingId mapping, Schedule schedule, Duration soonest) {
        return switch (schedule) {
            case Schedule.Cron cron ->
                TemplatedRouteBuilder.builder(camel.get(), "cron")
                        .parameter("cron", cron.expression())
                        .parameter("zone", cron.zone().getId());
            case Schedule.Every every ->
                TemplatedRouteBuilder.builder(camel.get(), "every")
                        .parameter("millis", every.interval().toMillis())
                        .parameter("delay", delay(mapping, every, soonest).toMillis());
        };
    }

    /** When a mapping fires next. */
    Optional<Instant> next(MappingId mapping) {
        if (!byRoute.containsKey(route(mapping))) {
            return Optional.empty();
        }
        QuartzComponent quartz = camel.get().getComponent("quartz", QuartzComponent.class);
        try {
            Trigger trigger = quartz.getScheduler().getTrigger(TriggerKey.triggerKey(route(mapping), GROUP));
            return Optional.ofNullable(trigger).map(Schedules::next);
        } catch (SchedulerException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("JavaUtilDate") // Quartz tells its fires so
    private static @Nullable Instant next(Trigger trigger) {
        return trigger.getNextFireTime() == null
                ? null
                : trigger.getNextFireTime().toInstant();
    }

    private static String route(MappingId mapping) {
        return "schedule." + mapping.fileName();
    }
}
