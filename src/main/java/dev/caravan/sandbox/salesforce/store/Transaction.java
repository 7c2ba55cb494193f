package dev.caravan.sandbox.salesforce.store;

import dev.caravan.sandbox.ledger.WriteEntry;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store as seen by the one request that holds its lock. Must not be kept after the work has ended. */
public final class Transaction {

    private final Store store;
    private final List<Undo> undo = new ArrayList<>();
    private final List<WriteEntry> written = new ArrayList<>();

    private record Undo(Table table, String id, @Nullable Row before) {}

    Transaction(Store store) {
        this.store = store;
    }

    public String newId(SObject object) {
        return store.ids().next(object.prefix());
    }

    /** The record with this 18-character id, deleted or not. */
    public Optional<Row> get(SObject object, String id) {
        return store.table(object).get(id);
    }

    /** Live records with this value in an indexed field, compared as the field compares. */
    public List<Row> find(SObject object, Field field, Object value) {
        return store.table(object).find(field, value);
    }

    /** Whether {@link #find} works for the field. */
    public boolean indexed(SObject object, Field field) {
        return store.table(object).indexes(field);
    }

    /** All records in the order of creation, deleted ones included. */
    public Collection<Row> rows(SObject object) {
        return store.table(object).rows();
    }

    public void put(SObject object, Row row) {
        Table table = store.table(object);
        undo.add(new Undo(table, row.id(), table.put(row.id(), row)));
    }

    /** Removes a record for good, as a hard delete does. */
    public void erase(SObject object, String id) {
        Table table = store.table(object);
        undo.add(new Undo(table, id, table.put(id, null)));
    }

    /** Adds to the ledger; the sequence number of the entry given is replaced by the next one. */
    public void log(WriteEntry entry) {
        written.add(entry);
    }

    /** What is to be added to the ledger when the work has ended. */
    List<WriteEntry> written() {
        return written;
    }

    /** Undoes everything this transaction did. */
    public void rollback() {
        for (int i = undo.size() - 1; i >= 0; i--) {
            Undo step = undo.get(i);
            step.table().put(step.id(), step.before());
        }
        undo.clear();
        written.clear();
    }
}
