package dev.caravan.config.check;

import dev.caravan.config.draft.FieldDraft;
import dev.caravan.config.draft.MappingDraft;
import dev.caravan.config.draft.TargetDraft;
import dev.caravan.mapping.MappingId;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One mapping owns a destination field, and an id belongs to one mapping. The problem stands at the later file, but neither
 * mapping is used: a new file must not push out the one that has been running because its name sorts first.
 */
public final class Ownership {

    private final Map<String, MappingDraft> owners = new HashMap<>();
    private final Map<MappingId, MappingDraft> ids = new HashMap<>();
    private final Set<String> conflicting = new HashSet<>();

    private Ownership() {}

    /** Reports conflicts between drafts, given in file order. Returns the names of all mappings that are in one. */
    public static Set<String> check(List<MappingDraft> drafts) {
        Ownership ownership = new Ownership();
        for (MappingDraft draft : drafts) {
            draft.id().ifPresent(id -> ownership.id(draft, id));
            draft.target().ifPresent(target -> ownership.fields(draft, target));
        }
        return Set.copyOf(ownership.conflicting);
    }

    private void id(MappingDraft draft, Located<MappingId> id) {
        Optional<MappingDraft> first = Optional.ofNullable(ids.putIfAbsent(id.value(), draft));
        first.ifPresent(other -> {
            conflict(draft, other);
            draft.findings()
                    .report(
                            Code.MAPPING_DUPLICATE_ID,
                            id.place(),
                            "the id '" + id.value() + "' belongs to "
                                    + other.place().file() + " too",
                            "give one of them another id");
        });
    }

    private void fields(MappingDraft draft, TargetDraft target) {
        if (target.connection().isEmpty() || target.object().isEmpty()) {
            return;
        }
        String object =
                target.connection().get().value() + "|" + target.object().get().value() + "|";
        for (FieldDraft field : draft.fields()) {
            String owned = (object + field.field().value()).toLowerCase(Locale.ROOT);
            Optional<MappingDraft> first = Optional.ofNullable(owners.putIfAbsent(owned, draft));
            first.filter(other -> !other.name().equals(draft.name())).ifPresent(other -> {
                conflict(draft, other);
                draft.findings()
                        .report(
                                Code.MAPPING_FIELD_OWNED_TWICE,
                                field.field().place(),
                                target.object().get().value() + "."
                                        + field.field().value() + " is written by '" + other.name() + "' too",
                                "remove it from one of the two mappings");
            });
        }
    }

    private void conflict(MappingDraft draft, MappingDraft other) {
        conflicting.add(draft.name());
        conflicting.add(other.name());
    }
}
