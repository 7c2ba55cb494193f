package dev.caravan.plan;

import dev.caravan.row.Row;
import dev.caravan.row.RowKey;
import dev.caravan.row.Value;
import dev.caravan.snapshot.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan row in the making. */
final class Draft {

    private final RowKey key;
    private final PlannedWrite.Kind kind;
    private Cause cause;
    private @Nullable String remoteId;
    private boolean createdByUs;
    private Set<String> beside = Set.of();
    private Row image = Row.EMPTY;
    private @Nullable Long rowHash;
    private Map<String, Value> fields = Map.of();
    private Map<String, Value> before = Map.of();
    private Map<String, Value> withheld = Map.of();
    private Optional<String> held = Optional.empty();

    Draft(RowKey key, PlannedWrite.Kind kind, Cause cause) {
        this.key = key;
        this.kind = kind;
        this.cause = cause;
    }

    RowKey key() {
        return key;
    }

    Row row() {
        return image;
    }

    Draft because(Cause why) {
        cause = why;
        return this;
    }

    /** Of these fields too it is to say what was last accepted, beside those that it sends. */
    Draft beside(Set<String> fields) {
        beside = fields;
        return this;
    }

    Draft record(Optional<Known> known) {
        return record(
                known.map(Known::remoteId).orElse(null),
                known.map(Known::createdByUs).orElse(false));
    }

    Draft record(@Nullable String id, boolean ours) {
        remoteId = id;
        createdByUs = ours;
        return this;
    }

    /** The model means another record now, of which nothing is known. */
    Draft elsewhere() {
        cause = Cause.MODEL;
        return record(Optional.empty());
    }

    Draft row(Row row, long hash) {
        image = row;
        rowHash = hash;
        return this;
    }

    /** What is sent, and of that the values before. */
    Draft send(Map<String, Value> now, Map<String, Value> accepted, Map<String, Value> kept) {
        fields = now;
        Map<String, Value> old = new LinkedHashMap<>(accepted);
        if (kind != PlannedWrite.Kind.REMOVE || !now.isEmpty()) {
            old.keySet().removeIf(field -> !now.containsKey(field) && !beside.contains(field));
        }
        before = old;
        withheld = kept;
        return this;
    }

    Draft hold(String reason) {
        held = Optional.of(reason);
        return this;
    }

    PlannedWrite write(long ordinal, Value targetKey) {
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
                withheld.isEmpty() ? rowHash : null,
                withheld,
                held);
    }
}
