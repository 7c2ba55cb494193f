package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.LookupSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.yaml.Located;
import dev.caravan.yaml.shape.View;

/** Reads how records are found by a field of theirs. */
final class LookupReader {

    private final SearchReader searches;
    private final BatchReader batches;

    LookupReader(Compiler compiler, TemplateReader templates) {
        this.searches =
                new SearchReader(compiler, new ConditionReader(compiler), new RequestReader(compiler, templates));
        this.batches = new BatchReader(templates);
    }

    LookupSpec read(View view, Ground about) {
        BatchSpec batch = batches.batch(view, about);
        return new LookupSpec(
                view.texts("by").stream().map(Located::value).toList(), batch, searches.read(view, batch, about));
    }
}
