package dev.caravan.config.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code sandbox.yaml} says. What is absent takes the sandbox's own default. */
public record SandboxFile(
        Optional<String> organisation,
        Optional<String> clientId,
        Optional<String> clientSecret,
        Optional<String> username,
        Optional<String> certificate,
        Optional<Duration> tokenLifetime,
        Optional<Boolean> newLoginEndsOlder,
        Optional<Duration> latency,
        Optional<Integer> dailyLimit,
        Optional<Long> seed,
        Quirks quirks,
        List<ObjectEntry> objects) {

    /** No file. */
    public static final SandboxFile NONE = new SandboxFile(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Quirks.NONE,
            List.of());

    public SandboxFile {
        objects = List.copyOf(objects);
    }

    /** Where organisations differ. */
    public record Quirks(
            Optional<Boolean> badRecordFailsRequest,
            Optional<Boolean> limitInfo,
            Optional<Duration> bulkBatchTime,
            Optional<Integer> bulkBatchRows) {

        /** Nothing said. */
        public static final Quirks NONE =
                new Quirks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** An object with fields of its own, standard or custom. */
    public record ObjectEntry(String name, List<FieldEntry> fields, List<String> recordTypes) {
        public ObjectEntry {
            fields = List.copyOf(fields);
            recordTypes = List.copyOf(recordTypes);
        }
    }

    /**
     * A custom field.
     *
     * @param values of a picklist
     * @param byDefault what new records get that lack it
     * @param references the object a lookup points to
     */
    public record FieldEntry(
            String name,
            FieldKind type,
            Optional<String> label,
            Optional<Integer> length,
            Optional<Integer> precision,
            Optional<Integer> scale,
            boolean required,
            boolean externalId,
            boolean unique,
            boolean caseSensitive,
            List<String> values,
            boolean restricted,
            Optional<String> byDefault,
            Optional<String> references) {
        public FieldEntry {
            values = List.copyOf(values);
        }
    }

    /** The types of custom fields, by the words written. */
    public enum FieldKind {
        TEXT,
        TEXTAREA,
        EMAIL,
        PHONE,
        URL,
        PICKLIST,
        CHECKBOX,
        NUMBER,
        CURRENCY,
        PERCENT,
        DATE,
        DATETIME,
        TIME,
        LOOKUP;

        /** Whether a length can be given. */
        boolean sized() {
            return this == TEXT || this == TEXTAREA || this == URL || this == PICKLIST;
        }

        /** Whether digits can be given. */
        boolean numeric() {
            return this == NUMBER || this == CURRENCY || this == PERCENT;
        }

        /** Whether such a field can be an external id. */
        boolean identifying() {
            return this == TEXT || this == EMAIL || this == NUMBER;
        }
    }
}
