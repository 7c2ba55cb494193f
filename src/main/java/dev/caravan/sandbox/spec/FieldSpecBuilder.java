package dev.caravan.sandbox.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what differs from a kind's defaults; not thread-safe, made by {@link FieldSpec#builder}. */
public final class FieldSpecBuilder {

    private final String name;
    private final FieldKind kind;
    private String label;
    private int length;
    private int precision;
    private int scale;
    private boolean required;
    private boolean externalId;
    private boolean unique;
    private boolean caseSensitive;
    private List<String> values = List.of();
    private boolean restricted;
    private @Nullable String defaultValue;
    private @Nullable String references;

    FieldSpecBuilder(String name, FieldKind kind) {
        this.name = name;
        this.kind = kind;
        this.label = name.endsWith("__c") ? name.substring(0, name.length() - 3).replace('_', ' ') : name;
        this.length = switch (kind) {
            case TEXT, URL, PICKLIST -> 255;
            case TEXTAREA -> 32_768;
            case EMAIL -> 80;
            case PHONE -> 40;
            case LOOKUP -> 18;
            case CHECKBOX, NUMBER, CURRENCY, PERCENT, DATE, DATETIME, TIME -> 0;
        };
        this.precision = switch (kind) {
            case NUMBER, CURRENCY, PERCENT -> 18;
            case TEXT, URL, PICKLIST, TEXTAREA, EMAIL, PHONE, LOOKUP, CHECKBOX, DATE, DATETIME, TIME -> 0;
        };
        this.scale = kind == FieldKind.CURRENCY ? 2 : 0;
    }

    public FieldSpecBuilder label(String value) {
        this.label = value;
        return this;
    }

    public FieldSpecBuilder length(int value) {
        this.length = value;
        return this;
    }

    public FieldSpecBuilder precision(int value) {
        this.precision = value;
        return this;
    }

    public FieldSpecBuilder scale(int value) {
        this.scale = value;
        return this;
    }

    public FieldSpecBuilder required(boolean value) {
        this.required = value;
        return this;
    }

    public FieldSpecBuilder externalId(boolean value) {
        this.externalId = value;
        return this;
    }

    public FieldSpecBuilder unique(boolean value) {
        this.unique = value;
        return this;
    }

    public FieldSpecBuilder caseSensitive(boolean value) {
        this.caseSensitive = value;
        return this;
    }

    public FieldSpecBuilder values(List<String> value) {
        this.values = value;
        return this;
    }

    public FieldSpecBuilder restricted(boolean value) {
        this.restricted = value;
        return this;
    }

    public FieldSpecBuilder defaultValue(@Nullable String value) {
        this.defaultValue = value;
        return this;
    }

    public FieldSpecBuilder references(@Nullable String value) {
        this.references = value;
        return this;
    }

    public FieldSpec build() {
        return new FieldSpec(
                name,
                label,
                kind,
                length,
                precision,
                scale,
                required,
                externalId,
                unique,
                caseSensitive,
                values,
                restricted,
                defaultValue,
                references);
    }
}
