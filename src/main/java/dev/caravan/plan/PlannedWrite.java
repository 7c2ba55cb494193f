package dev.caravan.plan;

import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One row of a plan: exactly what will be sent, and what the snapshot will hold once it is accepted.
 *
 * @param ordinal its place in the plan, from 0, in key order
 * @param targetKey the value of the destination's key field; null only where it is not known, in rows that are not sent
 * @param remoteId the record's id, where known
 * @param createdByUs whether the snapshot says that we created the record
 * @param fields what is sent, by destination field, null meaning clear; without the key
 * @param before the last accepted value of each of those fields that has one; of all mapped fields where records are replaced as wholes
 * @param image the model columns to remember; {@link Row#EMPTY} for a removal
 * @param rowHash the engine's hash of the row; null if a field was withheld, so that the row stays a candidate
 * @param withheld last accepted values of fields that were not sent though they differ
 * @param held why the row is not sent; empty if it is
 * @param repeats the plan row that it repeats word for word, since nobody knows whether that one was applied; empty if it is new
 */
public record PlannedWrite(
        long ordinal,
        RowKey key,
        Kind kind,
        Cause cause,
        Value targetKey,
        @Nullable String remoteId,
        boolean createdByUs,
        Map<String, Value> fields,
        Map<String, Value> before,
        Row image,
        @Nullable Long rowHash,
        Map<String, Value> withheld,
        Optional<String> held,
        Optional<Repeat> repeats) {

    /** A row of which only its key matters, and what it was to do. */
    public static PlannedWrite bare(long ordinal, RowKey key, Kind kind) {
        return new PlannedWrite(
                ordinal,
                key,
                kind,
                Cause.UNKNOWN,
                Value.ofNull(),
                null,
                false,
                Map.of(),
                Map.of(),
                Row.EMPTY,
                null,
                Map.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A row that repeats none. */
    public PlannedWrite(
            long ordinal,
            RowKey key,
            Kind kind,
            Cause cause,
            Value targetKey,
            @Nullable String remoteId,
            boolean createdByUs,
            Map<String, Value> fields,
            Map<String, Value> before,
            Row image,
            @Nullable Long rowHash,
            Map<String, Value> withheld,
            Optional<String> held) {
        this(
                ordinal,
                key,
                kind,
                cause,
                targetKey,
                remoteId,
                createdByUs,
                fields,
                before,
                image,
                rowHash,
                withheld,
                held,
                Optional.empty());
    }

    public PlannedWrite {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
        withheld = Map.copyOf(withheld);
    }

    /** The same row, not to be sent for now. */
    public PlannedWrite holdFor(String reason) {
        return new PlannedWrite(
                ordinal,
                key,
                kind,
                cause,
                targetKey,
                remoteId,
                createdByUs,
                fields,
                before,
                image,
                rowHash,
                withheld,
                Optional.of(reason),
                repeats);
    }

    /** The same row, of which later rows are not to be told apart: it stays a candidate. */
    public PlannedWrite withoutHash() {
        return new PlannedWrite(
                ordinal,
                key,
                kind,
                cause,
                targetKey,
                remoteId,
                createdByUs,
                fields,
                before,
                image,
                null,
                withheld,
                held,
                repeats);
    }

    /** The row of an earlier run once more, unchanged, as a row of this plan. */
    public PlannedWrite repeated(long ordinal, Repeat first) {
        return new PlannedWrite(
                ordinal,
                key,
                kind,
                Cause.UNKNOWN,
                targetKey,
                remoteId,
                createdByUs,
                fields,
                before,
                image,
                rowHash,
                withheld,
                Optional.empty(),
                Optional.of(first));
    }

    /**
     * An insert of an earlier run whose record was found: to be recorded and not to be sent. Its record is not called created by us; see
     * invariant I7.
     */
    public PlannedWrite found(long ordinal, Repeat first, String foundId) {
        return new PlannedWrite(
                ordinal,
                key,
                kind,
                Cause.FOUND,
                targetKey,
                foundId,
                false,
                fields,
                before,
                image,
                rowHash,
                withheld,
                Optional.empty(),
                Optional.of(first));
    }

    /**
     * An insert that is taken as arrived: to be recorded and not to be sent. Nobody says which record that is and what it holds, so the
     * image keeps no more than these columns (invariant I2).
     */
    public PlannedWrite dropped(long ordinal, Optional<Repeat> first, Set<String> columns) {
        return new PlannedWrite(
                ordinal,
                key,
                kind,
                Cause.DROPPED,
                targetKey,
                null,
                false,
                fields,
                before,
                image.only(columns),
                null,
                Map.of(),
                Optional.empty(),
                first);
    }

    /**
     * The first of the plan rows that ask for the same effect.
     *
     * @param run its run
     * @param ordinal its place in that run's plan
     * @param begun when its first intent was written
     */
    public record Repeat(long run, long ordinal, Instant begun) {}

    /** What is sent where records are replaced as wholes: a change carries what was last accepted beside what differs. */
    public Map<String, Value> whole() {
        Map<String, Value> all = new LinkedHashMap<>();
        if (kind == Kind.CHANGE) {
            all.putAll(before);
            all.putAll(withheld);
        }
        all.putAll(fields);
        return all;
    }

    /** {@code clear} for a removal that clears fields; empty for others, which the mapping says how to do, and other kinds. */
    public Optional<String> removal() {
        return kind == Kind.REMOVE && cause == Cause.REMOVED && !fields.isEmpty()
                ? Optional.of("clear")
                : Optional.empty();
    }

    /** The key for people: as the model writes it where the destination is given the same, else in its canonical form. */
    public String shownKey() {
        String canonical = key.display();
        String sent = targetKey.isNull() ? "" : targetKey.text();
        return sent.strip().equalsIgnoreCase(canonical) ? sent : canonical;
    }

    /** The fields that a person is told of: those sent, but of a record that is given another key not those that go along as they were. */
    public Set<String> told() {
        return cause != Cause.REKEYED
                ? fields.keySet()
                : fields.entrySet().stream()
                        .filter(field -> !before.containsKey(field.getKey())
                                || !Numbers.same(Objects.requireNonNull(before.get(field.getKey())), field.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What happens to the key. */
    public enum Kind {
        ADD,
        CHANGE,
        REMOVE
    }
}
