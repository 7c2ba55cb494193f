package dev.caravan.app.connect;

import com.google.re2j.Pattern;
import dev.caravan.config.settings.Limits;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.delivery.limit.DayLimit;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.ConnectionLimits.Window;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a connection may use: what its connector allows with these settings, and of that no more than the connection asks for. */
final class DeclaredLimits {

    private DeclaredLimits() {}

    static ConnectionLimits of(LimitsSpec spec, Map<String, String> settings, Optional<Limits> asked) {
        List<Held> rates = rates(spec, settings);
        List<Window> windows = windows(rates);
        asked.flatMap(Limits::window).ifPresent(window -> windows.add(new Window(window.requests(), window.per())));
        Limits use = asked.orElse(Limits.DEFAULT);
        return new ConnectionLimits(
                fastest(windows, use, asked.isPresent()),
                concurrency(spec, use, asked.isPresent()),
                use.dailyQuotaShare().doubleValue(),
                windows,
                days(rates, use));
    }

    /** Where no window tells, what the connection says or would have said: a connector without a rate slows nobody. */
    private static double fastest(List<Window> windows, Limits use, boolean asked) {
        double own = use.requestsPerSecond().doubleValue();
        OptionalDouble allowed = windows.stream()
                .filter(Window::ofAll)
                .mapToDouble(window -> window.requests() * 1e9 / window.per().toNanos())
                .min();
        return allowed.isEmpty() || asked ? Math.min(allowed.orElse(own), own) : allowed.getAsDouble();
    }

    private static int concurrency(LimitsSpec spec, Limits use, boolean asked) {
        if (spec.concurrency() == 0) {
            return use.concurrency();
        }
        return asked ? Math.min(spec.concurrency(), use.concurrency()) : spec.concurrency();
    }

    private static List<Window> windows(List<Held> rates) {
        return rates.stream()
                .filter(rate -> !rate.spec().ofDay())
                .map(rate -> new Window(
                        (int) Math.min(Integer.MAX_VALUE, rate.max()),
                        rate.spec().per(),
                        rate.concerns()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Our share of each, and what the connection gives itself whole. */
    private static List<DayLimit> days(List<Held> rates, Limits use) {
        Stream<DayLimit> declared = rates.stream()
                .filter(rate -> rate.spec().ofDay())
                .map(rate -> new DayLimit(
                        rate.name(),
                        rate.max(),
                        share(rate.max(), use),
                        rate.spec().count() == LimitsSpec.Count.ROWS,
                        rate.spec().day().map(day -> new DayLimit.Day(day.at(), day.zone())),
                        rate.concerns()));
        return Stream.concat(declared, use.day().stream().map(ConnectionUse::day))
                .toList();
    }

    private static long share(long max, Limits use) {
        return Math.max(
                1, use.dailyQuotaShare().multiply(BigDecimal.valueOf(max)).longValue());
    }

    /**
     * A rate that holds with these settings.
     *
     * @param max how many, by the file or by a setting
     */
    private record Held(LimitsSpec.Rate spec, long max) {

        String name() {
            return spec.name() + spec.path().map(path -> " " + path.pattern()).orElse("");
        }

        Predicate<Request> concerns() {
            return spec.path().map(DeclaredLimits::on).orElse(Window.ALL);
        }
    }

    /** Of those with one name and path the first whose settings hold. */
    private static List<Held> rates(LimitsSpec spec, Map<String, String> settings) {
        Map<String, Held> chosen = new LinkedHashMap<>();
        for (LimitsSpec.Rate rate : spec.requests()) {
            Optional<Long> max = rate.maxOf().isEmpty()
                    ? Optional.of(rate.max())
                    : rate.maxOf().map(settings::get).map(Long::parseLong);
            if (rate.when().holds(settings)) {
                max.map(most -> new Held(rate, Math.max(1, most)))
                        .ifPresent(held -> chosen.putIfAbsent(held.name(), held));
            }
        }
        return List.copyOf(chosen.values());
    }

    /** Requests whose path, without its query, matches as a whole. */
    private static Predicate<Request> on(Pattern path) {
        return request ->
                request instanceof HttpRequest http && path.matches(http.path().split("\\?", 2)[0]);
    }
}
