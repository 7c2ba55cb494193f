package dev.caravan.sandbox.salesforce.store;

import dev.caravan.sandbox.ledger.Ledger;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** All records; their writes go to the ledger. Thread-safe: {@link #inTransaction} is the only way in to records. */
public final class Store {

    private final Schemas schemas;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Table> tables = new TreeMap<>();
    private final Ledger ledger;
    private final RecordIds ids = new RecordIds();

    public Store(Schemas schemas, Ledger ledger) {
        this.schemas = schemas;
        this.ledger = ledger;
    }

    /** Runs the work alone; what it writes is seen by others at once when it ends, or not at all if it rolls back. */
    public <T> T inTransaction(Function<Transaction, T> work) {
        lock.lock();
        try {
            Transaction transaction = new Transaction(this);
            T result = work.apply(transaction);
            ledger.append(transaction.written());
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Live records of every object that ever had one. */
    public Map<String, Integer> counts() {
        return inTransaction(tx -> {
            Map<String, Integer> counts = new TreeMap<>();
            tables.forEach((name, table) -> counts.put(name, table.live()));
            return counts;
        });
    }

    /** Forgets all records; ids go on from where they were. */
    public void clear() {
        inTransaction(tx -> {
            tables.clear();
            return tx;
        });
    }

    Table table(SObject object) {
        return tables.computeIfAbsent(
                object.name(), name -> new Table(schemas.find(name).orElse(object)));
    }

    RecordIds ids() {
        return ids;
    }
}
