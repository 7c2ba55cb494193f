package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.FindSpec;
import dev.caravan.connector.declared.spec.LookupSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.problem.Code;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.View;
import java.util.Map;

/** Reads how records are found by a field of theirs. */
final class LookupReader {

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final RequestReader requests;
    private final BatchReader batches;

    LookupReader(Compiler compiler, TemplateReader templates) {
        this.compiler = compiler;
        this.conditions = new ConditionReader(compiler);
        this.requests = new RequestReader(compiler, templates);
        this.batches = new BatchReader(templates);
    }

    LookupSpec read(View view, Ground about) {
        BatchSpec batch = batches.batch(view, about);
        if (batch.rows() > 1 && !view.has("match")) {
            compiler.report(
                    Code.CONNECTOR_JOIN,
                    view.place(),
                    "a look-up for several records that does not say which is whose",
                    "add 'match: $.…' with what a record has in the field, or rows: 1");
        }
        Ground ground = about.with(Root.BATCH);
        FindSpec find = new FindSpec(
                requests.request(view, batch.rows() == 1 ? ground.with(Root.ROW, Root.ROW_FIELD) : ground),
                conditions.condition(view, "when", ConditionReader.WELL),
                conditions.condition(view, "none"),
                compiler.selector(view, "rows", "$"),
                compiler.selector(view, "match"),
                compiler.selector(view, "id", "$.id"),
                Map.of());
        return new LookupSpec(view.texts("by").stream().map(Located::value).toList(), batch, find);
    }
}
