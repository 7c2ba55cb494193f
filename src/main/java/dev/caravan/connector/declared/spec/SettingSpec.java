package dev.caravan.connector.declared.spec;

import com.google.re2j.Pattern;
import dev.caravan.connector.declared.template.When;
import java.util.List;
import java.util.Optional;

/**
 * A key that a connection on this connector may have.
 *
 * @param secret whether it must come from {@code {{env:…}}} or {@code {{file:…}}} and is shown nowhere
 * @param required whether a connection must have it, where {@code when} holds
 * @param when the other settings with which it is needed
 * @param byDefault what it is where a connection does not say
 * @param oneOf the only texts it may be; empty for any
 * @param pattern what its whole text must match
 */
public record SettingSpec(
        String name,
        Kind kind,
        boolean secret,
        boolean required,
        When when,
        Optional<String> byDefault,
        List<String> oneOf,
        Optional<Pattern> pattern,
        String about) {

    public SettingSpec {
        oneOf = List.copyOf(oneOf);
    }

    /** What it holds. */
    public enum Kind {
        TEXT,
        /** An http or https address without a query. */
        ADDRESS,
        NUMBER,
        DURATION,
        /** True or false. */
        FLAG
    }
}
