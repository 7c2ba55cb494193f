package dev.caravan.scenario.kill.point;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.scenario.steps.PlainMapping;

/** What is delivered when the worker is killed: an idempotency class, and how many batches or jobs a delivery of it has. */
enum Kind {
    A(IdempotencyClass.A, "Key__c", Operation.UPSERT, Strategy.BATCH, 5),
    B(IdempotencyClass.B, "Key__c", Operation.INSERT, Strategy.BATCH, 5),
    D(IdempotencyClass.D, "Key__c", Operation.UPSERT, Strategy.JOB, 3),
    E(IdempotencyClass.E, "Ref__c", Operation.INSERT, Strategy.BATCH, 5);

    static final MappingId MAPPING = new MappingId("killed");

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
        return new PlainMapping("Lead", keyField, "LastName", operation, strategy, Target.OnRemoved.NOTHING)
                .of(MAPPING, "rows.csv");
    }
}
