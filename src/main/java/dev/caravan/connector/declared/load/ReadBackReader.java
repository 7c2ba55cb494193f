package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.FindSpec;
import dev.caravan.connector.declared.spec.ReadBackSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.connector.declared.template.Root;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.View;
import java.util.Map;

/** Reads how it is found out what became of lost inserts. */
final class ReadBackReader {

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final RequestReader requests;
    private final BatchReader batches;

    ReadBackReader(Compiler compiler, ConditionReader conditions, RequestReader requests, BatchReader batches) {
        this.compiler = compiler;
        this.conditions = conditions;
        this.requests = requests;
        this.batches = batches;
    }

    ReadBackSpec read(View view, Ground about) {
        BatchSpec batch = batches.batch(view, about);
        if (batch.rows() > 1 && !view.has("match")) {
            compiler.report(
                    Code.CONNECTOR_JOIN,
                    view.place(),
                    "a search for several rows that does not say which record is whose",
                    "add 'match: $.…' with a record's key, or rows: 1");
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
        return new ReadBackSpec(
                batch,
                find,
                compiler.selector(view, "created", "$"),
                view.word("created_as", ReadBackSpec.Time.class).orElse(ReadBackSpec.Time.INSTANT),
                conditions.condition(view, "ours"),
                conditions.condition(view, "gone"),
                compiler.selector(view, "fields", "$"),
                compiler.selector(view, "total"),
                view.flag("sees_all", false),
                requests.text(view, "sees_all_if", about));
    }
}
