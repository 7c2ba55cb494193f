package dev.caravan.sandbox.spec;

import java.util.Locale;
import java.util.Optional;

/** The kinds of custom field a {@code sandbox.yaml} may declare, by the word written there. */
public enum FieldKind {
    /** One line of text, up to {@code length} (default 255) characters. */
    TEXT,
    /** Text of several lines, up to {@code length} (default 32768) characters; not usable as a key. */
    TEXTAREA,
    EMAIL,
    PHONE,
    URL,
    /** One of {@code values}; others are accepted too unless {@code restricted}. */
    PICKLIST,
    /** True or false, never null: false when nothing else is given. */
    CHECKBOX,
    /** {@code precision} digits in all (default 18), {@code scale} of them after the point (default 0). */
    NUMBER,
    CURRENCY,
    PERCENT,
    DATE,
    DATETIME,
    TIME,
    /** The id of a record of the object named by {@code references}. */
    LOOKUP;

    /** The word used in YAML, for example {@code checkbox}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind for a YAML word, case-sensitively; empty when there is none. */
    public static Optional<FieldKind> of(String word) {
        for (FieldKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
