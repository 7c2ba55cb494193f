package dev.caravan.pipeline;

import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run says to a mapping's key before it makes a plan. */
public final class KeyChecks {

    private static final Place PLACE = new Place("mappings/key.yaml", 1, 1);

    private KeyChecks() {}

    /** Why rows of the object cannot be upserted by this key; empty if they can. */
    public static Optional<Problem> refusal(TargetSchema schema, TargetKey key) {
        Target target = new Target(
                "there",
                schema.object(),
                Target.Operation.UPSERT,
                key,
                new FieldSource.Column("id"),
                Target.OnRemoved.NOTHING,
                Target.OnUnknown.HOLD,
                false,
                Target.Strategy.AUTO,
                PLACE,
                PLACE);
        Model model = new Model(
                "files",
                new Reading.File("rows.csv", FileFormat.CSV),
                List.of("id"),
                Map.of(),
                Optional.empty(),
                PLACE);
        return new TargetCheck(new Mapping(
                        new MappingId("key"),
                        "",
                        "",
                        model,
                        Optional.empty(),
                        Contract.NONE,
                        target,
                        new FieldSet(List.of(), "", "v"),
                        Guardrails.DEFAULT,
                        PLACE))
                .keyProblem(schema);
    }
}
