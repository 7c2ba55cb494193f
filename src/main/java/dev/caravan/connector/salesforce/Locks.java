package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.mapping.TargetReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Which fields name a record that Salesforce locks while it writes one that refers to it. Describe does not say so: a master is locked
 * always, a record that must not be deleted while it is referred to likewise, and of the others the account is met most often. What an
 * organisation's own field refers to is not, where that field may be empty: when the record goes, the field is cleared.
 */
final class Locks {

    /** Referring to these locks none of them. */
    private static final Set<String> FREE = Set.of("User", "Group", "RecordType");

    private Locks() {}

    /** By name, those that lock most first; what fills a reference beside it. */
    static List<String> of(JsonNode description, List<TargetReference> references) {
        List<String> names = new ArrayList<>();
        StreamSupport.stream(description.path("fields").spliterator(), false)
                .filter(Locks::locks)
                .sorted(Comparator.comparingInt(Locks::rank))
                .map(field -> field.path("name").asText())
                .forEach(name -> {
                    names.add(name);
                    references.stream()
                            .filter(reference -> reference.field().equals(name))
                            .forEach(reference -> names.add(reference.name()));
                });
        return names;
    }

    private static boolean locks(JsonNode field) {
        boolean written =
                field.path("createable").asBoolean() || field.path("updateable").asBoolean();
        boolean cleared =
                field.path("custom").asBoolean() && field.path("nillable").asBoolean() && rank(field) > 1;
        return field.path("type").asText().equals("reference")
                && written
                && !cleared
                && StreamSupport.stream(field.path("referenceTo").spliterator(), false)
                        .anyMatch(target -> !FREE.contains(target.asText()));
    }

    private static int rank(JsonNode field) {
        if (field.path("relationshipOrder").isNumber()
                || field.path("cascadeDelete").asBoolean()) {
            return 0;
        }
        if (field.path("restrictedDelete").asBoolean()) {
            return 1;
        }
        return field.path("name").asText().equals("AccountId") ? 2 : 3;
    }
}
