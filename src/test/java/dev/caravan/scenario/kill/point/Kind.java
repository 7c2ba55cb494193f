package dev.caravan.scenario.kill.point;

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
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.model.FileFormat;
import dev.caravan.model.Model;
import dev.caravan.model.Reading;
import dev.caravan.problem.Place;
import dev.caravan.row.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is delivered when the worker is killed: an idempotency class, and how many batches or jobs a delivery of it has. */
enum Kind {
    A(IdempotencyClass.A, "Key__c", Operation.UPSERT, Strategy.BATCH, 5),
    B(IdempotencyClass.B, "Key__c", Operation.INSERT, Strategy.BATCH, 5),
    D(IdempotencyClass.D, "Key__c", Operation.UPSERT, Strategy.JOB, 3),
    E(IdempotencyClass.E, "Ref__c", Operation.INSERT, Strategy.BATCH, 5);

    static final MappingId MAPPING = new MappingId("killed");
    private static final Place PLACE = Place.ofFile("mappings/killed.yaml");

    private final IdempotencyClass idempotency;
    private final String keyField;
    private final Operation operation;
    private final Strategy strategy;
    private final int batches;

    Kind(IdempotencyClass idempotency, String keyField, Operation operation, Strategy strategy, int batches) {
        this.idempotency = idempotency;
        this.keyField = keyField;
        this.operation = operation;
        this.strategy = strategy;
        this.batches = batches;
    }

    IdempotencyClass idempotency() {
        return idempotency;
    }

    String keyField() {
        return keyField;
    }

    boolean inserts() {
        return operation == Operation.INSERT;
    }

    int batches() {
        return batches;
    }

    Mapping mapping() {
        return new Mapping(
                MAPPING,
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
                new Target(
                        "crm",
                        "Lead",
                        operation,
                        keyField,
                        new FieldSource.Column("id"),
                        Target.OnRemoved.NOTHING,
                        Target.OnUnknown.HOLD,
                        false,
                        strategy,
                        PLACE,
                        PLACE),
                new FieldSet(
                        List.of(
                                rule("LastName", new FieldSource.Column("value")),
                                rule("Company", new FieldSource.Constant(new Value.Text("Acme")))),
                        "now",
                        "v-now"),
                unguarded(),
                PLACE);
    }

    private static Guardrails unguarded() {
        BigDecimal all = new BigDecimal(1_000);
        return new Guardrails(
                Optional.of(all),
                Optional.of(all),
                Optional.of(all),
                Optional.of(BigDecimal.ZERO),
                Optional.of(1_000_000L),
                Map.of());
    }

    private static FieldRule rule(String field, FieldSource source) {
        return new FieldRule(field, source, Optional.empty(), true, WhenEmpty.CLEAR, false, PLACE);
    }
}
