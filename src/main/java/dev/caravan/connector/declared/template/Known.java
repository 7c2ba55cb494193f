package dev.caravan.connector.declared.template;

import dev.caravan.mapping.TargetKey;
import java.util.HashMap;
import java.util.Map;

/**
 * What is the same for all rows of a batch.
 *
 * @param settings of the connection, defaults filled in; without its secrets except where authentication is filled
 * @param login what the log-in's answer said
 * @param captures the parts of the object's name
 * @param key the fields that identify a record
 * @param job what the job's first answer said, {@code id} first of all
 */
public record Known(
        Map<String, String> settings,
        Map<String, String> login,
        String object,
        Map<String, String> captures,
        TargetKey key,
        Map<String, String> job) {

    public Known {
        settings = Map.copyOf(settings);
        login = Map.copyOf(login);
        captures = Map.copyOf(captures);
        job = Map.copyOf(job);
    }

    /** Settings and log-in alone. */
    public static Known of(Map<String, String> settings, Map<String, String> login) {
        return new Known(settings, login, "", Map.of(), TargetKey.of(""), Map.of());
    }

    /** The same under a log-in whose answer brought this. */
    public Known under(Map<String, String> said) {
        return new Known(settings, said, object, captures, key, job);
    }

    /** The same for an object. */
    public Known about(String name, Map<String, String> parts, TargetKey key) {
        return new Known(settings, login, name, parts, key, job);
    }

    /** The same with a job. */
    public Known inJob(Map<String, String> said) {
        return new Known(settings, login, object, captures, key, said);
    }

    /** What selectors may name. */
    public Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        captures.forEach((name, text) -> variables.put("object." + name, text));
        variables.put("object", object);
        variables.put("key_field", key.name());
        return Map.copyOf(variables);
    }

    Datum get(Ref ref) {
        return switch (ref.root()) {
            case SETTINGS -> of(settings, ref.name());
            case LOGIN -> of(login, ref.name());
            case OBJECT -> ref.name().isEmpty() ? Datum.One.text(object) : of(captures, ref.name());
            case KEY_FIELD -> Datum.One.text(key.name());
            case JOB -> of(job, ref.name());
            case BATCH, ROW, ROW_FIELD, FIELD, FOUND, PATHS -> new Datum.Absent();
        };
    }

    static Datum of(Map<String, String> texts, String name) {
        return texts.containsKey(name) ? Datum.One.text(texts.get(name)) : new Datum.Absent();
    }
}
