package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the record each row of one request is about, and refuses a second row about the same one. That the same record twice
 * in a request is refused rests on documentation alone.
 */
final class Targets {

    private final Transaction tx;
    private final Set<String> seen = new HashSet<>();

    Targets(Transaction tx) {
        this.tx = tx;
    }

    /** A record to change, a new one to make, or why neither. */
    sealed interface Target {
        record Existing(Row row) implements Target {}

        record Fresh() implements Target {}

        record None(RowError error) implements Target {}
    }

    /** The record with this id, which must exist. */
    Target byId(SObject object, String id, String operation) {
        if (id.isEmpty()) {
            return none("MISSING_ARGUMENT", "Id not specified in an " + operation + " call");
        }
        Optional<String> normal = RecordIds.normal(id).filter(it -> it.startsWith(object.prefix()));
        if (normal.isEmpty()) {
            Field field = object.get("Id");
            return new Target.None(RowError.on(field, "MALFORMED_ID", "id value of incorrect type: " + id));
        }
        if (!seen.add(normal.get())) {
            return none("DUPLICATE_VALUE", "Duplicate id specified: " + id);
        }
        Optional<Row> row = tx.get(object, normal.get());
        if (row.isEmpty()) {
            return none("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        return row.get().deleted() ? none("ENTITY_IS_DELETED", "entity is deleted") : new Target.Existing(row.get());
    }

    /** The record an upsert matches, or a fresh one. */
    Target byKey(Draft.Values draft, Field key) {
        if (key.slot() == 0) {
            return draft.id().isEmpty() ? new Target.Fresh() : byId(draft.object(), draft.id(), "upsert");
        }
        Object value = draft.values().get(key);
        if (value == null) {
            return none("MISSING_ARGUMENT", key.name() + " not specified");
        }
        String mark = key.is(Field.Trait.CASE_SENSITIVE)
                ? value.toString()
                : value.toString().toLowerCase(Locale.ROOT);
        if (!seen.add(mark)) {
            return none("DUPLICATE_VALUE", "Duplicate external id specified: " + value);
        }
        List<Row> matches = tx.find(draft.object(), key, Objects.requireNonNull(value));
        if (matches.size() > 1) {
            String ids = matches.stream().map(Row::id).collect(Collectors.joining(", ", "[", "]"));
            return new Target.None(RowError.on(
                    key, "DUPLICATE_EXTERNAL_ID", "more than one record found for external id field: " + ids));
        }
        return matches.isEmpty() ? new Target.Fresh() : new Target.Existing(matches.getFirst());
    }

    private static Target none(String code, String message) {
        return new Target.None(RowError.of(code, message));
    }
}
