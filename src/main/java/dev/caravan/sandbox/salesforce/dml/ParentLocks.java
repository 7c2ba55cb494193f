package dev.caravan.sandbox.salesforce.dml;

import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.FieldType;
import dev.caravan.sandbox.salesforce.store.RecordIds;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Store;
import dev.caravan.sandbox.salesforce.store.Transaction;
import dev.caravan.sandbox.vendor.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Records that requests under way refer to, and so have locked. A row whose record is locked by another request is refused at once, where
 * the real one waits for up to ten seconds first. Thread-safe.
 */
public final class ParentLocks {

    /** For how long a request keeps them, beside the time it takes. */
    public static final String SETTING = "parent_lock_ms";

    /** Referring to these locks none of them. */
    private static final Set<String> FREE = Set.of("User", "Group", "RecordType");

    private static final String ACCOUNT = "AccountId";

    private final Store store;
    private final Settings settings;
    private final Map<String, Object> holders = new HashMap<>();

    public ParentLocks(Store store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Does the work with the records locked that the rows refer to; it is told the places of the rows that came too late. */
    public List<RowResult> during(Batch batch, List<Draft> drafts, Function<Set<Integer>, List<RowResult>> work) {
        int millis = settings.get(SETTING);
        List<Set<String>> parents = millis == 0
                ? List.of()
                : store.inTransaction(tx ->
                        drafts.stream().map(draft -> parents(tx, batch, draft)).toList());
        if (parents.stream().allMatch(Set::isEmpty)) {
            return work.apply(Set.of());
        }
        Object holder = new Object();
        Set<Integer> late = take(holder, parents);
        try {
            Thread.sleep(Duration.ofMillis(millis));
            return work.apply(late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return work.apply(late);
        } finally {
            release(holder);
        }
    }

    private synchronized Set<Integer> take(Object holder, List<Set<String>> parents) {
        Set<Integer> late = new TreeSet<>();
        for (int i = 0; i < parents.size(); i++) {
            boolean free = parents.get(i).stream()
                    .allMatch(id -> holders.getOrDefault(id, holder).equals(holder));
            if (free) {
                parents.get(i).forEach(id -> holders.put(id, holder));
            } else {
                late.add(i);
            }
        }
        return late;
    }

    private synchronized void release(Object holder) {
        holders.values().removeIf(holder::equals);
    }

    private static Set<String> parents(Transaction tx, Batch batch, Draft draft) {
        Set<String> ids = new HashSet<>();
        if (draft instanceof Draft.Values row) {
            row.values().forEach((field, value) -> {
                if (value != null && locks(field)) {
                    ids.add(RecordIds.normal(value.toString()).orElse(value.toString()));
                }
            });
            row.links().stream()
                    .filter(link -> locks(link.reference()))
                    .flatMap(link -> tx.find(link.target(), link.key(), link.value()).stream())
                    .map(Row::id)
                    .forEach(ids::add);
            account(tx, batch, row).ifPresent(ids::add);
        }
        return ids;
    }

    /** A record locks its account whatever of it is written. */
    private static Optional<String> account(Transaction tx, Batch batch, Draft.Values row) {
        Field key = batch.key();
        Object value = key == null ? null : row.values().get(key);
        Optional<Row> stored = key != null && key.slot() > 0
                ? value == null
                        ? Optional.empty()
                        : tx.find(row.object(), key, value).stream().findFirst()
                : RecordIds.normal(row.id()).flatMap(id -> tx.get(row.object(), id));
        Optional<Field> account = row.object().field(ACCOUNT);
        return stored.filter(known -> account.isPresent())
                .map(known -> known.get(account.get()))
                .map(Object::toString);
    }

    private static boolean locks(Field field) {
        boolean cleared = field.custom() && field.is(Field.Trait.NULLABLE);
        return field.type() == FieldType.REFERENCE && !cleared && !FREE.containsAll(field.references());
    }
}
