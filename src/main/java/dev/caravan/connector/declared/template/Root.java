package dev.caravan.connector.declared.template;

/** What a template may name. */
public enum Root {
    /** {@code settings.NAME}: what the connection says. A secret one only where a request is signed or authenticated. */
    SETTINGS("settings", true),
    /** {@code paths.NAME}: how a path begins, by the settings. At the beginning of a path alone. */
    PATHS("paths", true),
    /** {@code login.NAME}: what the log-in's answer said. */
    LOGIN("login", true),
    /** {@code object} whole, or {@code object.CAPTURE}. */
    OBJECT("object", false),
    /** The destination field that identifies a record. */
    KEY_FIELD("key_field", false),
    /** {@code batch.fields}, {@code batch.keys}, {@code batch.size}, {@code batch.group}, {@code batch.dedupe_key}. */
    BATCH("batch", true),
    /** {@code row.key}, {@code row.id}, {@code row.trace}, {@code row.place}, {@code row.dedupe_key}, {@code row.fields}, {@code row.values}. */
    ROW("row", true),
    /** {@code row.field.NAME}: one field of the row. */
    ROW_FIELD("row.field", true),
    /** {@code field.name} and {@code field.value}, inside a list made of fields. */
    FIELD("field", true),
    /** {@code job.id}, and what the job's first answer said. */
    JOB("job", true),
    /** {@code found.id}, and what else the search for a record said. */
    FOUND("found", true);

    private final String text;
    private final boolean named;

    Root(String text, boolean named) {
        this.text = text;
        this.named = named;
    }

    /** As it is written. */
    public String text() {
        return text;
    }

    /** Whether it is always followed by a name. */
    public boolean named() {
        return named;
    }
}
