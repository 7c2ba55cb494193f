package dev.caravan.scenario.steps;

import dev.caravan.contract.Contract;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.TargetKey;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of a file's {@code id} and {@code value} to an object of the connection {@code crm}. No guard holds anything, and an insert
 * whose end nobody knows is held. Where members leave they are deleted, whoever added them.
 */
public record PlainMapping(
        String object,
        String keyField,
        String valueField,
        Target.Operation operation,
        Target.Strategy strategy,
        Target.OnRemoved onRemoved) {

    private static final Place PLACE = Place.ofFile("mappings/plain.yaml");

    /** The mapping of this name, over this file. */
    public Mapping of(MappingId id, String file) {
        return new Mapping(
                id,
                "",
                "",
                new Model(
                        "files",
                        new Reading.File(file, FileFormat.CSV),
                        List.of("id"),
                        Map.of(),
                        Optional.empty(),
                        PLACE),
                Optional.empty(),
                Contract.NONE,
                target(),
                fields(),
                unguarded(),
                PLACE);
    }

    private Target target() {
        return new Target(
                "crm",
                object,
                operation,
                TargetKey.of(keyField),
                new FieldSource.Column("id"),
                onRemoved,
                Target.OnUnknown.HOLD,
                onRemoved == Target.OnRemoved.DELETE,
                strategy,
                PLACE,
                PLACE);
    }

    private FieldSet fields() {
        FieldRule value = rule(valueField, new FieldSource.Column("value"));
        FieldRule company = rule("Company", new FieldSource.Constant(new Value.Text("Acme")));
        return new FieldSet(object.equals("Lead") ? List.of(value, company) : List.of(value), "now", "v-now");
    }

    private static FieldRule rule(String field, FieldSource source) {
        return new FieldRule(field, source, Optional.empty(), true, WhenEmpty.CLEAR, false, PLACE);
    }

    private static Guardrails unguarded() {
        BigDecimal all = new BigDecimal(1_000);
        return new Guardrails(
                Optional.of(all),
                Optional.of(all),
                Optional.of(all),
                Optional.of(BigDecimal.ZERO),
                Optional.of(1_000_000L),
                Optional.empty(),
                Map.of());
    }
}
