package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.Field.Trait;
import dev.caravan.sandbox.salesforce.schema.FieldType;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks one row against its record and the others, and stores the new version. Lives as long as one request. */
final class RowWriter {

    private final Transaction tx;
    private final Schemas schemas;
    private final Batch batch;

    RowWriter(Transaction tx, Schemas schemas, Batch batch) {
        this.tx = tx;
        this.schemas = schemas;
        this.batch = batch;
    }

    RowResult insert(Draft.Values draft) {
        SObject object = draft.object();
        if (!draft.id().isEmpty()) {
            return RowResult.refused(new RowError(
                    "INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", List.of("Id")));
        }
        Optional<RowError> readOnly = Checks.writable(draft.values(), Trait.CREATE, batch.key());
        if (readOnly.isPresent()) {
            return RowResult.refused(readOnly.get());
        }
        @Nullable Object[] values = new @Nullable Object[object.slots()];
        values[0] = tx.newId(object);
        SystemFields.onInsert(object, values, batch);
        return store(draft, values, true);
    }

    RowResult update(Draft.Values draft, Row row) {
        if (isConvertedLead(draft.object(), row)) {
            return RowResult.refused(RowError.of("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        Optional<RowError> readOnly = Checks.writable(draft.values(), Trait.UPDATE, batch.key());
        return readOnly.isPresent() ? RowResult.refused(readOnly.get()) : store(draft, row.copy(), false);
    }

    RowResult delete(SObject object, Row row) {
        if (batch.operation() == Batch.Operation.HARD_DELETE) {
            tx.erase(object, row.id());
        } else {
            @Nullable Object[] values = row.copy();
            SystemFields.onUpdate(object, values, batch);
            object.field("IsDeleted").ifPresent(field -> values[field.slot()] = true);
            tx.put(object, Row.of(values).asDeleted());
        }
        log(object, row.id(), "", "delete", List.of());
        return RowResult.done(row.id(), false);
    }

    private RowResult store(Draft.Values draft, @Nullable Object[] values, boolean created) {
        SObject object = draft.object();
        List<RowError> errors = new ArrayList<>(resolveLinks(draft));
        draft.values().forEach((field, value) -> values[field.slot()] = normal(field, value));
        Checks.required(object.fields(), values).ifPresent(errors::add);
        if (errors.isEmpty()) {
            errors.addAll(Checks.values(draft.values()));
            draft.values()
                    .forEach((field, value) -> reference(object, field, value).ifPresent(errors::add));
        }
        if (errors.isEmpty()) {
            errors.addAll(duplicates(draft, String.valueOf(values[0])));
        }
        if (errors.isEmpty() && batch.duplicateRules()) {
            DuplicateRule.check(tx, object, values).ifPresent(errors::add);
        }
        if (!errors.isEmpty()) {
            return new RowResult("", false, errors);
        }
        SystemFields.onUpdate(object, values, batch);
        Row row = Row.of(values);
        tx.put(object, row);
        List<String> names = draft.values().keySet().stream().map(Field::name).toList();
        Field key = batch.key();
        Object keyValue = key == null ? null : row.get(key);
        log(object, row.id(), Objects.toString(keyValue, ""), created ? "insert" : "update", names);
        return RowResult.done(row.id(), created);
    }

    private List<RowError> resolveLinks(Draft.Values draft) {
        List<RowError> errors = new ArrayList<>();
        for (Draft.Link link : draft.links()) {
            List<Row> found = tx.find(link.target(), link.key(), link.value());
            if (found.size() == 1) {
                draft.values().put(link.reference(), found.getFirst().id());
            } else if (found.size() > 1) {
                String ids = found.stream().map(Row::id).collect(Collectors.joining(", ", "[", "]"));
                errors.add(RowError.on(
                        link.key(),
                        "DUPLICATE_EXTERNAL_ID",
                        "more than one record found for external id field: " + ids));
            } else {
                errors.add(RowError.of(
                        "INVALID_FIELD",
                        "Foreign key external ID: " + link.value() + " not found for field "
                                + link.key().name() + " in entity "
                                + link.target().name()));
            }
        }
        return errors;
    }

    private Optional<RowError> reference(SObject object, Field field, @Nullable Object value) {
        if (field.type() != FieldType.REFERENCE || value == null) {
            return Optional.empty();
        }
        Optional<String> id = RecordIds.normal(value.toString());
        if (id.isEmpty()) {
            return Optional.of(RowError.on(field, "MALFORMED_ID", "id value of incorrect type: " + value));
        }
        if (field.name().equals("RecordTypeId")) {
            return object.recordTypes().stream().anyMatch(type -> type.isNamed(value.toString()))
                    ? Optional.empty()
                    : Optional.of(RowError.on(
                            field, "INVALID_CROSS_REFERENCE_KEY", "this ID value isn't valid for the user: " + value));
        }
        for (String name : field.references()) {
            Optional<SObject> target = schemas.find(name);
            if (target.isEmpty()
                    || tx.get(target.get(), id.get())
                            .filter(row -> !row.deleted())
                            .isPresent()) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new RowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", List.of(field.name())));
    }

    private List<RowError> duplicates(Draft.Values draft, String id) {
        List<RowError> errors = new ArrayList<>();
        for (Map.Entry<Field, @Nullable Object> entry : draft.values().entrySet()) {
            Object value = entry.getValue();
            if (!entry.getKey().is(Trait.UNIQUE) || value == null) {
                continue;
            }
            tx.find(draft.object(), entry.getKey(), value).stream()
                    .map(Row::id)
                    .filter(other -> !other.equals(id))
                    .findFirst()
                    .ifPresent(other -> errors.add(RowError.of(
                            "DUPLICATE_VALUE",
                            "duplicate value found: " + entry.getKey().name() + " duplicates value on record with id: "
                                    + other)));
        }
        return errors;
    }

    private void log(SObject object, String id, String key, String operation, List<String> fields) {
        tx.log(new WriteEntry(0, batch.at(), "salesforce", object.name(), id, key, operation, fields, batch.author()));
    }

    private static @Nullable Object normal(Field field, @Nullable Object value) {
        return value instanceof String text && field.type() == FieldType.REFERENCE
                ? RecordIds.normal(text).orElse(text)
                : value;
    }

    private static boolean isConvertedLead(SObject object, Row row) {
        return object.field("IsConverted")
                .map(row::get)
                .filter(Boolean.TRUE::equals)
                .isPresent();
    }
}
