package dev.caravan.connector.declared.load;

import dev.caravan.connector.declared.spec.BatchSpec;
import dev.caravan.connector.declared.spec.ConfirmSpec;
import dev.caravan.connector.declared.template.Ground;
import dev.caravan.destination.Action;
import dev.caravan.problem.Code;
import dev.caravan.yaml.shape.View;
import java.util.Optional;
import java.util.Set;

/** Reads how it is asked whether rows are as they should be of which an answer said nothing. */
final class ConfirmReader {

    private static final Set<Action> MEMBERSHIPS = Set.of(Action.ADD, Action.REMOVE);

    private final Compiler compiler;
    private final ConditionReader conditions;
    private final RequestReader requests;
    private final BatchReader batches;

    ConfirmReader(Compiler compiler, ConditionReader conditions, RequestReader requests, BatchReader batches) {
        this.compiler = compiler;
        this.conditions = conditions;
        this.requests = requests;
        this.batches = batches;
    }

    Optional<ConfirmSpec> read(View operation, Ground about) {
        return operation.block("confirm").map(view -> {
            BatchSpec batch = batches.batch(view, about);
            return new ConfirmSpec(
                    batch,
                    requests.request(view, SearchReader.ground(batch, about)),
                    conditions.condition(view, "when", ConditionReader.WELL),
                    compiler.selector(view, "rows", "$"),
                    compiler.selector(view, "match", "$"),
                    conditions.condition(view, "holds", ConditionReader.NEVER));
        });
    }

    /** Where it makes sense: records may be there with other values, and memberships are the same whoever made them. */
    void check(Action action, View operation) {
        if (operation.has("confirm") && !(MEMBERSHIPS.contains(action) && operation.has("request"))) {
            compiler.report(
                    Code.CONNECTOR_OPERATION,
                    operation.placeOf("confirm"),
                    "what confirms memberships, where none are written by a request",
                    "leave it out: it is for add and remove");
        }
    }
}
