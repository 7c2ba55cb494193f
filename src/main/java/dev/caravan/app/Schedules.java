package dev.caravan.app;

import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Schedule;
import dev.caravan.problem.CaravanException.InvalidInput;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/** Makes each scheduled mapping a route from the templates in {@code routes/schedule.camel.yaml}, and takes it away again. */
final class Schedules {

    private static final String GROUP = "caravan";

    private final Supplier<CamelContext> camel;
    private final Map<String, MappingId> byRoute = new ConcurrentHashMap<>();

    Schedules(Supplier<CamelContext> camel) {
        this.camel = camel;
    }

    /** The mapping that a route fires. */
    Optional<MappingId> mappingOf(String route) {
        return Optional.ofNullable(byRoute.get(route));
    }

    /** Starts a mapping's schedule, replacing the one it had. */
    void put(Mapping mapping) {
        remove(mapping.id());
        mapping.schedule().ifPresent(schedule -> {
            String route = route(mapping.id());
            byRoute.put(route, mapping.id());
            template(schedule).routeId(route).parameter("route", route).add();
        });
    }

    private TemplatedRouteBuilder template(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Cron cron ->
                TemplatedRouteBuilder.builder(camel.get(), "cron")
                        .parameter("cron", cron.expression())
                        .parameter("zone", cron.zone().getId());
            case Schedule.Every every ->
                TemplatedRouteBuilder.builder(camel.get(), "every")
                        .parameter("millis", every.interval().toMillis());
        };
    }

    /** Ends a mapping's schedule; does nothing if it has none. */
    void remove(MappingId mapping) {
        String route = route(mapping);
        if (byRoute.remove(route) != null) {
            removeRoute(route);
        }
    }

    private void removeRoute(String route) {
        try {
            Declared.call(() -> {
                camel.get().getRouteController().stopRoute(route);
                return camel.get().removeRoute(route);
            });
        } catch (ExecutionException e) {
            throw new InvalidInput(Problem.of(
                    Code.SCHEDULE_CRON, "the schedule " + route + " could not be taken away", "restart the worker"));
        }
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
