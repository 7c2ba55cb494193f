package dev.caravan.scenario.network;

import dev.caravan.destination.IdempotencyClass;
import dev.caravan.mapping.Mapping;
import dev.caravan.mapping.MappingId;
import dev.caravan.mapping.Target.OnRemoved;
import dev.caravan.mapping.Target.Operation;
import dev.caravan.mapping.Target.Strategy;
import dev.caravan.scenario.steps.PlainMapping;
import java.util.Locale;

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

    /** What its keys begin with. */
    String letter() {
        return idempotency.name().toLowerCase(Locale.ROOT);
    }

    /** The table that a mapping reads. */
    static String table(MappingId id) {
        return id + ".csv";
    }

    Mapping mapping(MappingId id) {
        return new PlainMapping(object, keyField, valueField(), operation, strategy, onRemoved).of(id, table(id));
    }
}
