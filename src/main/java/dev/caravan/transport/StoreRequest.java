package dev.caravan.transport;

import dev.caravan.mapping.TargetKey;
import dev.caravan.row.KeyText;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request to a store of objects, such as a folder of files: what an object holds, or its next generation made of the present one and
 * these rows. A generation is published whole or not at all.
 *
 * @param object the object's name, for a folder a file's
 * @param change how the next generation differs; empty to look at the present one
 */
public record StoreRequest(String object, Optional<Change> change, Replay replay, Duration timeout) implements Request {

    /** Which columns the object has. */
    public static StoreRequest look(String object, Duration timeout) {
        return new StoreRequest(object, Optional.empty(), Replay.READ, timeout);
    }

    /** Its next generation. */
    public static StoreRequest publish(String object, Change change, Duration timeout) {
        return new StoreRequest(object, Optional.of(change), Replay.NEVER, timeout);
    }

    /** The request, in the one form that a store takes. */
    public static StoreRequest of(Request request) {
        if (request instanceof StoreRequest store) {
            return store;
        }
        throw new IllegalArgumentException("a store takes requests to a store alone");
    }

    /** Without rows: they are in no log. */
    @Override
    public String toString() {
        return change.map(next -> next.mode() + " of " + next.entries().size() + " rows into ")
                        .orElse("look at ")
                + object;
    }

    /** How an object is written down, which the ending of its name says. */
    public enum Format {
        CSV,
        JSON_LINES,
        PARQUET;

        /** The format of an object of this name; empty if its ending stands for none. */
        public static Optional<Format> of(String object) {
            String name = object.toLowerCase(Locale.ROOT);
            if (name.endsWith(".csv")) {
                return Optional.of(CSV);
            }
            if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
                return Optional.of(JSON_LINES);
            }
            return name.endsWith(".parquet") ? Optional.of(PARQUET) : Optional.empty();
        }
    }

    /** What becomes of rows that are there and of those that are not. */
    public enum Mode {
        /** Those with the key take the fields over; a row is added where there is none. */
        UPSERT,
        /** Those with the key take the fields over; none is added. */
        UPDATE,
        /** Those with the key go. */
        DELETE,
        /** A row is added, unless one with the same dedupe key is there. */
        APPEND
    }

    /**
     * The difference between two generations.
     *
     * @param batch identifies this difference over every repetition of it; a store that has applied it last does nothing
     * @param key the columns that rows are known by together
     */
    public record Change(Mode mode, String batch, TargetKey key, List<Entry> entries) {

        /** The column that holds the dedupe keys of appended rows. */
        public static final String DEDUPE_COLUMN = "caravan_id";

        public Change {
            entries = List.copyOf(entries);
        }

        /** What an entry's row holds in each column, the key's among them; the caller's own. */
        public Map<String, Value> row(Entry entry) {
            Map<String, Value> row = new LinkedHashMap<>(key.values(entry.key()));
            row.putAll(entry.fields());
            return row;
        }
    }

    /**
     * One row.
     *
     * @param key its one value, or those of all columns that rows are known by
     * @param fields by column, without the key; a column that is not named stays as it is
     */
    public record Entry(Value key, Map<String, Value> fields, String dedupeKey) {

        /** How stores compare keys: what plans take for two rows must not become one, nor the other way round. */
        public static final RowKey.Equality EQUALITY = new RowKey.Equality(false, true);

        public Entry {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /** What rows are compared by: the canonical text of {@link #key}, as {@link #EQUALITY} folds it; no two keys have the same. */
        public String keyText() {
            return EQUALITY.fold(key);
        }

        /** That of a row with these canonical texts in the key's columns. */
        public static String keyText(List<String> parts) {
            return parts.size() == 1
                    ? EQUALITY.fold(parts.getFirst())
                    : KeyText.joined(parts.stream().map(EQUALITY::fold).toList());
        }
    }
}
