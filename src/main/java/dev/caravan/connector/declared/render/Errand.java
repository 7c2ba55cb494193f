package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.mapping.TargetField;
import dev.caravan.plan.PlannedWrite.Kind;
import java.util.Map;

/**
 * A batch with all that its connector says of it.
 *
 * @param known what templates may name whatever the row
 */
public record Errand(ConnectorSpec spec, Known known, Batch batch) {

    /** What a field holds; {@link TargetField.Kind#OTHER} for one that the schema does not list. */
    TargetField.Kind kind(String field) {
        return batch.schema().field(field).map(TargetField::kind).orElse(TargetField.Kind.OTHER);
    }

    /** Whether the destination compares keys without regard to case. */
    public boolean ignoresCase() {
        return batch.schema().ignoresCase(batch.key());
    }

    /** What selectors may name. */
    public Map<String, String> variables() {
        return known.variables();
    }

    /** Whether a row is to be no more, so that one that is not there is as it should be. */
    public boolean removes(Item item) {
        return switch (batch.action()) {
            case DELETE, ARCHIVE, REMOVE -> true;
            case UPSERT, INSERT, UPDATE, ADD, APPEND -> item.write().kind() == Kind.REMOVE;
        };
    }

    /** Whether records are to be no more. */
    public boolean deletes() {
        return switch (batch.action()) {
            case DELETE, ARCHIVE -> true;
            case UPSERT, INSERT, UPDATE, ADD, REMOVE, APPEND -> false;
        };
    }

    /** Whether the row's record is known and gets another key by it. */
    public boolean moves(Item item) {
        return item.id().isPresent()
                && item.write().fields().containsKey(batch.key().name());
    }

    /** Whether "it is so already" can be said of a row by a code that is the same for all operations; of an event only if it was sent before. */
    public boolean maybeSoAlready(Item item) {
        boolean sentBefore = batch.action() == Action.APPEND && item.write().inDoubt();
        return removes(item) || batch.action() == Action.ADD || sentBefore;
    }

    /** The same in a job. */
    public Errand inJob(Map<String, String> said) {
        return new Errand(spec, known.inJob(said), batch);
    }
}
