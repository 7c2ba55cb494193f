package dev.caravan.connector.declared.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a connection's settings must be for something to count.
 *
 * @param settings each with the texts of which it must have one; none at all holds always
 */
public record When(Map<String, List<String>> settings) {

    /** Whatever the settings are. */
    public static final When ALWAYS = new When(Map.of());

    public When {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Whether it holds of these settings, defaults filled in. */
    public boolean holds(Map<String, String> given) {
        return settings.entrySet().stream()
                .allMatch(each -> each.getValue().contains(given.getOrDefault(each.getKey(), "")));
    }

    /** Whether it holds of any settings. */
    public boolean always() {
        return settings.isEmpty();
    }
}
