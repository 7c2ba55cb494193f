package dev.caravan.sandbox.salesforce.query;

import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.store.Row;
import dev.caravan.sandbox.salesforce.store.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows a query has to look at: those an index names when one can, else all. */
record Candidates(Transaction tx, SObject object) {

    Stream<Row> of(List<Filter> filters, boolean deleted) {
        for (Filter filter : filters) {
            boolean byId = filter.field().slot() == 0;
            // Deleted rows are in no index.
            boolean indexed = tx.indexed(object, filter.field()) && !deleted;
            if (filter.exact() && (byId || indexed)) {
                Stream<Object> values = filter.values().stream().filter(Objects::nonNull);
                return byId
                        ? values.map(value -> tx.get(object, value.toString()))
                                .flatMap(Optional::stream)
                                .distinct()
                        : values.flatMap(value -> tx.find(object, filter.field(), value).stream())
                                .distinct();
            }
        }
        return tx.rows(object).stream();
    }
}
