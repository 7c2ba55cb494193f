package dev.caravan.sandbox.salesforce.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.salesforce.dml.Batch.Operation;
import dev.caravan.sandbox.salesforce.schema.Field;
import dev.caravan.sandbox.salesforce.schema.SObject;
import dev.caravan.sandbox.salesforce.schema.Schemas;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for when it created a job.
 *
 * @param operationWord the operation as the API spells it
 * @param key field an upsert matches by; null otherwise
 * @param delimiterWord for example {@code COMMA}
 */
record JobSpec(
        SObject object,
        Operation operation,
        String operationWord,
        @Nullable Field key,
        char delimiter,
        String delimiterWord,
        boolean crlf) {

    private static final Map<String, Operation> OPERATIONS = Map.of(
            "insert", Operation.INSERT,
            "update", Operation.UPDATE,
            "upsert", Operation.UPSERT,
            "delete", Operation.DELETE,
            "hardDelete", Operation.HARD_DELETE);
    private static final Map<String, Character> DELIMITERS =
            Map.of("COMMA", ',', "TAB", '\t', "PIPE", '|', "SEMICOLON", ';', "CARET", '^', "BACKQUOTE", '`');

    /** A usable request, or why it is none. */
    sealed interface Reading {
        record Usable(JobSpec spec) implements Reading {}

        record Unusable(String message) implements Reading {}
    }

    static Reading read(JsonNode json, Schemas schemas) {
        String objectName = json.path("object").asText("");
        String operationWord = json.path("operation").asText("");
        String delimiterWord = json.path("columnDelimiter").asText("COMMA");
        String ending = json.path("lineEnding").asText("LF");
        Optional<SObject> object = schemas.find(objectName);
        Operation operation = OPERATIONS.get(operationWord);
        Character delimiter = DELIMITERS.get(delimiterWord);
        if (object.isEmpty()) {
            return new Reading.Unusable("InvalidJob : Unable to find object: " + objectName);
        }
        if (operation == null) {
            return new Reading.Unusable("InvalidJob : Unknown operation: " + operationWord);
        }
        if (delimiter == null || !(ending.equals("LF") || ending.equals("CRLF"))) {
            return new Reading.Unusable("InvalidJob : Unknown columnDelimiter or lineEnding");
        }
        if (!json.path("contentType").asText("CSV").equals("CSV")) {
            return new Reading.Unusable("InvalidJob : contentType must be CSV");
        }
        JobSpec spec = new JobSpec(
                object.get(), operation, operationWord, null, delimiter, delimiterWord, ending.equals("CRLF"));
        return operation == Operation.UPSERT
                ? withKey(spec, json.path("externalIdFieldName").asText(""))
                : new Reading.Usable(spec);
    }

    private static Reading withKey(JobSpec spec, String name) {
        if (name.isEmpty()) {
            return new Reading.Unusable("InvalidJob : External ID was blank for " + spec.object.name()
                    + ". An External ID must be specified for upsert.");
        }
        Optional<Field> key = spec.object.field(name).filter(Field::key);
        return key.<Reading>map(field -> new Reading.Usable(new JobSpec(
                        spec.object,
                        spec.operation,
                        spec.operationWord,
                        field,
                        spec.delimiter,
                        spec.delimiterWord,
                        spec.crlf)))
                .orElseGet(() -> new Reading.Unusable("InvalidJob : Field name provided, " + name
                        + " does not match an External ID for " + spec.object.name()));
    }
}
