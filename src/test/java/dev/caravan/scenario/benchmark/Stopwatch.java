package dev.caravan.scenario.benchmark;

import dev.caravan.app.Progress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Takes the time of each step as the run says that it begins. */
final class Stopwatch implements Progress {

    private final Map<String, Double> took = new LinkedHashMap<>();
    private final long begin = System.nanoTime();
    private long since = begin;
    private long end = begin;
    private String step = "start";

    @Override
    public synchronized void at(String phase, long done, long total) {
        if (!phase.equals(step)) {
            next(phase);
        }
    }

    private void next(String phase) {
        long now = System.nanoTime();
        took.merge(step, (now - since) / 1e9, Double::sum);
        since = now;
        step = phase;
    }

    synchronized String end() {
        next("end");
        end = since;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%.1f s (", seconds()));
        took.forEach((name, seconds) -> text.append(String.format(Locale.ROOT, " %s %.1f", name, seconds)));
        return text.append(" )").toString();
    }

    double seconds() {
        return (end - begin) / 1e9;
    }

    Map<String, Double> steps() {
        return took;
    }
}
