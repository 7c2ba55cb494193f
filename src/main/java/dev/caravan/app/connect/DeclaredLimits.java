package dev.caravan.app.connect;

import com.google.re2j.Pattern;
import dev.caravan.config.settings.Limits;
import dev.caravan.connector.declared.spec.LimitsSpec;
import dev.caravan.delivery.link.ConnectionLimits;
import dev.caravan.delivery.link.ConnectionLimits.Window;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What a connection may use: what its connector allows with these settings, and of that no more than the connection asks for. */
final class DeclaredLimits {

    private DeclaredLimits() {}

    static ConnectionLimits of(LimitsSpec spec, Map<String, String> settings, Optional<Limits> asked) {
        List<Window> windows = windows(spec, settings);
        asked.flatMap(Limits::window).ifPresent(window -> windows.add(new Window(window.requests(), window.per())));
        Limits use = asked.orElse(Limits.DEFAULT);
        return new ConnectionLimits(
                fastest(windows, use, asked.isPresent()),
                concurrency(spec, use, asked.isPresent()),
                use.dailyQuotaShare().doubleValue(),
                windows);
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

    /** Of those with one name and path the first whose settings hold. */
    private static List<Window> windows(LimitsSpec spec, Map<String, String> settings) {
        Map<String, Window> chosen = new LinkedHashMap<>();
        for (LimitsSpec.Rate rate : spec.requests()) {
            if (rate.when().holds(settings)) {
                chosen.putIfAbsent(
                        rate.name() + " " + rate.path().map(Pattern::pattern).orElse(""),
                        new Window(
                                Math.toIntExact(rate.max()),
                                rate.per(),
                                rate.path().map(DeclaredLimits::on).orElse(Window.ALL)));
            }
        }
        return new ArrayList<>(chosen.values());
    }

    /** Requests whose path, without its query, matches as a whole. */
    private static Predicate<Request> on(Pattern path) {
        return request ->
                request instanceof HttpRequest http && path.matches(http.path().split("\\?", 2)[0]);
    }
}
