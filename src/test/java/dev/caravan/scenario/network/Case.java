package dev.caravan.scenario.network;

import dev.caravan.contract.Contract;
import dev.caravan.destination.IdempotencyClass;
import dev.caravan.guard.Guardrails;
import dev.caravan.mapping.FieldRule;
import dev.caravan.mapping.FieldRule.WhenEmpty;
import dev.caravan.mapping.FieldSet;
import dev.caravan.mapping.FieldSource;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is delivered in an idempotency class.
 *
 * @param idempotency the class
 * @param steps requests that a delivery makes at least, any of which may be struck
 */
record Case(
        IdempotencyClass idempotency,
        String object,
        String keyField,
        Operation operation,
        Strategy strategy,
        OnRemoved onRemoved,
        int steps) {

    private static final Place PLACE = Place.ofFile("mappings/network.yaml");

    static Case of(IdempotencyClass idempotency) {
        return switch (idempotency) {
            case A -> new Case(idempotency, "Lead", "Key__c", Operation.UPSERT, Strategy.BATCH, OnRemoved.NOTHING, 3);
            case B -> new Case(idempotency, "Lead", "Key__c", Operation.INSERT, Strategy.BATCH, OnRemoved.NOTHING, 3);
            case C ->
                new Case(idempotency, "Member__c", "Key__c", Operation.UPSERT, Strategy.BATCH, OnRemoved.DELETE, 4);
            case D -> new Case(idempotency, "Lead", "Key__c", Operation.UPSERT, Strategy.JOB, OnRemoved.NOTHING, 6);
            case E -> new Case(idempotency, "Lead", "Ref__c", Operation.INSERT, Strategy.BATCH, OnRemoved.NOTHING, 3);
            case F -> throw new IllegalArgumentException("nothing of class F is ever sent");
        };
    }

    /** The field that tells one version of a row from another. */
    String valueField() {
        return object.equals("Lead") ? "LastName" : "Role__c";
    }

    private Target target() {
        return new Target(
                "crm",
                object,
                operation,
                keyField,
                new FieldSource.Column("id"),
                onRemoved,
                Target.OnUnknown.HOLD,
                // A member is to go whoever added it.
                onRemoved == OnRemoved.DELETE,
                strategy,
                PLACE,
                PLACE);
    }

    Mapping mapping(MappingId id) {
        List<FieldRule> rules = new ArrayList<>(List.of(rule(valueField(), new FieldSource.Column("value"))));
        if (object.equals("Lead")) {
            rules.add(rule("Company", new FieldSource.Constant(new Value.Text("Acme"))));
        }
        return new Mapping(
                id,
                "",
                "",
                new Model(
                        "files",
                        new Reading.File("rows.csv", FileFormat.CSV),
                        List.of("id"),
                        Map.of(),
                        Optional.empty(),
                        PLACE),
                Optional.empty(),
                Contract.NONE,
                target(),
                new FieldSet(rules, "now", "v-now"),
                new Guardrails(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                PLACE);
    }

    private static FieldRule rule(String field, FieldSource source) {
        return new FieldRule(field, source, Optional.empty(), true, WhenEmpty.CLEAR, false, PLACE);
    }
}
