package dev.caravan.app;

import dev.caravan.config.settings.Environment;
import dev.caravan.delivery.link.DeliveryMeters;
import dev.caravan.delivery.link.Time;
import dev.caravan.pipeline.RunListener;
import java.time.InstantSource;
import java.util.Map;

/**
 * How a worker is opened.
 *
 * @param scheduled whether schedules fire, files are watched and what was cut off is taken up at once; else the worker only does
 *     what it is asked
 * @param environment where placeholders get their values
 * @param camel more Camel properties, such as those of its servers
 * @param beans more beans for routes, by name
 * @param listener hears how runs end
 * @param meters hears how requests go
 * @param started runs once Camel and its servers are up: at once with schedules, else with the first run
 * @param time what the worker takes for now, and how it waits
 */
public record WorkerOptions(
        boolean scheduled,
        Environment environment,
        Map<String, String> camel,
        Map<String, Object> beans,
        RunListener listener,
        DeliveryMeters meters,
        Runnable started,
        Time time) {

    private static final Time SYSTEM = new Time(InstantSource.system(), System::nanoTime, Thread::sleep);

    /** Options in the time of the machine. */
    public WorkerOptions(
            boolean scheduled,
            Environment environment,
            Map<String, String> camel,
            Map<String, Object> beans,
            RunListener listener,
            DeliveryMeters meters,
            Runnable started) {
        this(scheduled, environment, camel, beans, listener, meters, started, SYSTEM);
    }

    /** A worker for one command. */
    public static WorkerOptions command() {
        return new WorkerOptions(
                false, Environment.PROCESS, Map.of(), Map.of(), RunListener.NONE, DeliveryMeters.NONE, () -> {});
    }

    /** A worker that runs schedules. */
    public static WorkerOptions service() {
        return new WorkerOptions(
                true, Environment.PROCESS, Map.of(), Map.of(), RunListener.NONE, DeliveryMeters.NONE, () -> {});
    }

    /** The same with other values for placeholders. */
    public WorkerOptions with(Environment values) {
        return new WorkerOptions(scheduled, values, camel, beans, listener, meters, started, time);
    }

    /** The same in another time. */
    public WorkerOptions with(Time other) {
        return new WorkerOptions(scheduled, environment, camel, beans, listener, meters, started, other);
    }
}
