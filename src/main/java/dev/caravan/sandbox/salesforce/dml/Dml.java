package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Schemas;
import dev.caravan.sandbox.salesforce.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Applies a list of rows in order, one result a row. Rows see what the rows before them wrote. The shapes of insert, update
 * and delete results and of all-or-none are recorded; upsert rests on documentation alone.
 */
public final class Dml {

    private static final RowError ROLLED_BACK = RowError.of(
            "ALL_OR_NONE_OPERATION_ROLLED_BACK",
            "Record rolled back because not all records were valid and the request was using AllOrNone header");
    private static final RowError LOCKED =
            RowError.of("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record or 1 records");

    private final Schemas schemas;

    public Dml(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Writes the rows and returns their results in the same order. */
    public List<RowResult> apply(Transaction tx, Batch batch, List<Draft> drafts) {
        return apply(tx, batch, drafts, Set.of());
    }

    /** The same; the rows in these places find their parents locked. */
    public List<RowResult> apply(Transaction tx, Batch batch, List<Draft> drafts, Set<Integer> late) {
        Targets targets = new Targets(tx);
        RowWriter writer = new RowWriter(tx, schemas, batch);
        List<RowResult> results = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            boolean locked = late.contains(i) || (batch.lockEvery() > 0 && i % batch.lockEvery() == 0);
            results.add(locked ? RowResult.refused(LOCKED) : apply(targets, writer, batch, drafts.get(i)));
        }
        boolean failed = results.stream().anyMatch(result -> !result.success());
        if (!failed || !batch.allOrNone()) {
            return results;
        }
        tx.rollback();
        return results.stream().map(Dml::rolledBack).toList();
    }

    private static RowResult apply(Targets targets, RowWriter writer, Batch batch, Draft draft) {
        return switch (draft) {
            case Draft.Broken broken -> RowResult.refused(broken.error());
            case Draft.Values values -> apply(targets, writer, batch, values);
        };
    }

    private static RowResult apply(Targets targets, RowWriter writer, Batch batch, Draft.Values draft) {
        if (batch.operation() == Batch.Operation.INSERT) {
            return writer.insert(draft);
        }
        boolean deletes =
                batch.operation() == Batch.Operation.DELETE || batch.operation() == Batch.Operation.HARD_DELETE;
        Targets.Target target = batch.key() != null
                ? targets.byKey(draft, batch.key())
                : targets.byId(draft.object(), draft.id(), deletes ? "delete" : "update");
        return switch (target) {
            case Targets.Target.None none -> RowResult.refused(none.error());
            case Targets.Target.Fresh fresh -> writer.insert(draft);
            case Targets.Target.Existing existing ->
                deletes ? writer.delete(draft.object(), existing.row()) : writer.update(draft, existing.row());
        };
    }

    private static RowResult rolledBack(RowResult result) {
        return result.success() ? new RowResult("", result.created(), List.of(ROLLED_BACK)) : result;
    }
}
