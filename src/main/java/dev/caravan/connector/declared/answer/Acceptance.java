package dev.caravan.connector.declared.answer;

import dev.caravan.connector.declared.render.Errand;
import dev.caravan.connector.declared.render.Item;
import dev.caravan.connector.declared.select.Subject;
import dev.caravan.connector.declared.spec.Accept;
import dev.caravan.destination.Action;
import dev.caravan.destination.Outcome;
import dev.caravan.mapping.TargetField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an acceptance of a row makes of it. */
final class Acceptance {

    private Acceptance() {}

    /** The outcome of a row that this node accepts. */
    static Outcome of(Errand errand, Item item, Accept accept, Subject node) {
        Optional<String> told = told(accept, node);
        String id = told.or(() -> known(errand, item)).orElse(null);
        if (accept.unchanged().filter(condition -> condition.holds(node)).isPresent()) {
            return unchanged(errand, item, id);
        }
        boolean created = switch (errand.batch().action()) {
            case INSERT -> true;
            case UPSERT ->
                accept.created().filter(condition -> condition.holds(node)).isPresent();
            case UPDATE, DELETE, ARCHIVE, ADD, REMOVE, APPEND -> false;
        };
        return new Outcome.Accepted(id, created);
    }

    /** The outcome of a row that is accepted because nothing speaks against it. */
    static Outcome silent(Errand errand, Item item) {
        return new Outcome.Accepted(
                known(errand, item).orElse(null), errand.batch().action() == Action.INSERT);
    }

    /** The outcome of a row that is as it should be already. */
    static Outcome already(Errand errand, Item item) {
        return unchanged(errand, item, known(errand, item).orElse(null));
    }

    /** Who is a member already, when it was asked before, is one by that. */
    private static Outcome unchanged(Errand errand, Item item, @Nullable String id) {
        return errand.batch().action() == Action.ADD && item.write().inDoubt()
                ? new Outcome.Accepted(id, false)
                : new Outcome.Unchanged(id);
    }

    /** Its own id; of what joins records, their ids, so that it is found again whatever becomes of their keys. */
    private static Optional<String> known(Errand errand, Item item) {
        boolean joins = errand.batch().key().fields().stream()
                .allMatch(field -> errand.batch()
                        .schema()
                        .field(field)
                        .filter(known -> known.kind() == TargetField.Kind.REFERENCE)
                        .isPresent());
        return item.id().or(() -> joins ? Optional.of(item.write().targetKey().text()) : Optional.empty());
    }

    /** The id that a node tells. */
    static Optional<String> told(Accept accept, Subject node) {
        return accept.id()
                .flatMap(at -> at.text(node.found(), node.variables()))
                .filter(text -> !text.isBlank());
    }
}
