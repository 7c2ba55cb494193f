package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.select.Selector;
import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.FindSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.View;
import java.util.Map;

/** Reads a search for records: before they are written, for those that others refer to, or after a lost answer. */
final class SearchReader {

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final RequestReader requests;

    SearchReader(Compiler compiler, ConditionReader conditions, RequestReader requests) {
        this.compiler = compiler;
        this.conditions = conditions;
        this.requests = requests;
    }

    /** A search that captures nothing. */
    FindSpec read(View view, BatchSpec batch, Ground about) {
        return read(view, batch, about, Map.of());
    }

    /**
     * A search.
     *
     * @param batch how many it is for at once; for several each record must say whose it is
     */
    FindSpec read(View view, BatchSpec batch, Ground about, Map<String, Selector> capture) {
        if (batch.rows() > 1 && !view.has("match")) {
            compiler.report(
                    Code.CONNECTOR_JOIN,
                    view.place(),
                    "a search for several rows that does not say which record is whose",
                    "add 'match: $.…' with what a record has in the field that is searched by, or rows: 1");
        }
        return new FindSpec(
                requests.request(view, ground(batch, about)),
                conditions.condition(view, "when", ConditionReader.WELL),
                conditions.condition(view, "none"),
                compiler.selector(view, "rows", "$"),
                conditions.condition(view, "where"),
                compiler.selector(view, "match"),
                compiler.selector(view, "id", "$.id"),
                capture);
    }

    /** What a request of so many rows at once can name: a row's values only where it is for one. */
    static Ground ground(BatchSpec batch, Ground about) {
        Ground of = about.with(Root.BATCH);
        return batch.rows() == 1 ? of.with(Root.ROW, Root.ROW_FIELD) : of;
    }
}
