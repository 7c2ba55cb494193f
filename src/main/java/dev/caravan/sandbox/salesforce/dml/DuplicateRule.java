package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule as the standard ones for contacts and leads, far simpler than they match: the same e-mail address and the same names are the
 * same person. It warns, so that a writer who says so saves all the same. Rests on documentation.
 */
final class DuplicateRule {

    private static final Set<String> OBJECTS = Set.of("Contact", "Lead");
    private static final List<String> NAMES = List.of("FirstName", "LastName");

    private DuplicateRule() {}

    /** The refusal of a record whose double is there; empty if there is none. */
    static Optional<RowError> check(Transaction tx, SObject object, @Nullable Object[] values) {
        Optional<Field> email = object.field("Email").filter(field -> OBJECTS.contains(object.name()));
        Object address = email.map(field -> values[field.slot()]).orElse(null);
        if (email.isEmpty() || address == null) {
            return Optional.empty();
        }
        List<String> doubles = new ArrayList<>();
        for (Row row : tx.find(object, email.get(), address)) {
            if (!row.id().equals(values[0]) && sameNames(object, values, row)) {
                doubles.add(row.id());
            }
        }
        return doubles.isEmpty()
                ? Optional.empty()
                : Optional.of(new RowError("DUPLICATES_DETECTED", "Use one of these records?", List.of(), doubles));
    }

    private static boolean sameNames(SObject object, @Nullable Object[] values, Row row) {
        return NAMES.stream()
                .map(object::get)
                .allMatch(field -> plain(values[field.slot()]).equals(plain(row.get(field))));
    }

    private static String plain(@Nullable Object name) {
        return name == null ? "" : name.toString().strip().toLowerCase(Locale.ROOT);
    }
}
