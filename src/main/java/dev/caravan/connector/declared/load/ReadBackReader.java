package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.ReadBackSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.yaml.shape.View;

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
        return new ReadBackSpec(
                batch,
                new SearchReader(compiler, conditions, requests).read(view, batch, about),
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
