package dev.caravan.connector.salesforce;

import dev.caravan.destination.Action;
import dev.caravan.destination.Batch;
import dev.caravan.destination.Write;
import dev.caravan.mapping.TargetField;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetReference;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.plan.PlannedWrite;
import dev.caravan.row.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A destination, a described object and writes to it, for tests. */
final class Sample {

    static final SalesforceDestination SALESFORCE =
            new SalesforceDestination("66.0", "caravan", SalesforceLimits.DEFAULT);

    static final String JOB = "7505g00000AbCdEAAX";

    static final TargetSchema LEAD = new TargetSchema(
            "Lead",
            List.of(
                    field("Id", Kind.TEXT, 18),
                    field("Lead_Id__c", Kind.TEXT, 40),
                    field("Email", Kind.EMAIL, 80),
                    field("LastName", Kind.TEXT, 80),
                    field("Score__c", Kind.NUMBER, 0),
                    field("Hot__c", Kind.BOOLEAN, 0),
                    field("Seen__c", Kind.INSTANT, 0),
                    field("Born__c", Kind.DATE, 0)));

    /** Tasks, which lead to other records: by a key, by a key of one of several objects, by a name. */
    static final TargetSchema TASK = new TargetSchema(
            "Task",
            List.of(
                    field("Lead_Id__c", Kind.TEXT, 40),
                    field("Subject", Kind.TEXT, 255),
                    field("Account__r.Ext__c", Kind.TEXT, 20),
                    field("Lead:Who.Email", Kind.EMAIL, 80),
                    field("RecordType.DeveloperName", Kind.ENUM, 0)),
            List.of(),
            false,
            Optional.empty(),
            List.of(
                    new TargetReference.ByKey(
                            "Account__r.Ext__c", "Account__c", "Account__r", Optional.empty(), "Ext__c"),
                    new TargetReference.ByKey("Lead:Who.Email", "WhoId", "Who", Optional.of("Lead"), "Email"),
                    new TargetReference.ByName(
                            "RecordType.DeveloperName", "RecordTypeId", Map.of("Call", "0125g000000AbCdAAK"))),
            List.of("Account__c", "Account__r.Ext__c"));

    private Sample() {}

    static TargetField field(String name, Kind kind, int length) {
        boolean key = name.endsWith("Id__c") || name.equals("Id");
        return new TargetField(name, kind, length, 5, 2, true, true, true, false, key, key, true, List.of());
    }

    static Batch batch(Action action, boolean job, List<Write> writes) {
        return new Batch(action, job, "Lead", "Lead_Id__c", LEAD, writes);
    }

    static Batch tasks(Action action, boolean job, List<Write> writes) {
        return new Batch(action, job, "Task", "Lead_Id__c", TASK, writes);
    }

    static Batch batch(Action action, boolean job, int rows) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            writes.add(write(i, "k" + i, id(i), Map.of("LastName", new Value.Text("Name " + i))));
        }
        return batch(action, job, writes);
    }

    static Write write(int ordinal, String key, String remoteId, Map<String, Value> fields) {
        return new Write(ordinal, PlannedWrite.Kind.CHANGE, new Value.Text(key), remoteId, new LinkedHashMap<>(fields));
    }

    static String id(int i) {
        return "00Q5g000%06dAAQ".formatted(i).substring(0, 17) + "Q";
    }

    static String success(int i, boolean created) {
        return "{\"id\":\"" + id(i) + "\",\"success\":true,\"errors\":[],\"created\":" + created + "}";
    }

    static String failure(String code, String message) {
        return "{\"success\":false,\"errors\":[{\"statusCode\":\"" + code + "\",\"message\":\"" + message
                + "\",\"fields\":[\"LastName\"]}]}";
    }

    static String refusal(String code, String message) {
        return "[{\"errorCode\":\"" + code + "\",\"message\":\"" + message + "\"}]";
    }
}
