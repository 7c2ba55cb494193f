package dev.caravan.connector.file;

import dev.caravan.destination.Described;
import dev.caravan.mapping.TargetField.Kind;
import dev.caravan.mapping.TargetSchema;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;
import dev.caravan.transport.Reply;
import dev.caravan.transport.StoreAnswer;
import dev.caravan.transport.StoreAnswer.Columns;
import dev.caravan.transport.StoreAnswer.Refused;

/** A file as an object: the columns it has, and any other, since a column that is not there is added. */
final class FileDescription {

    private FileDescription() {}

    static Described of(String object, Reply reply) {
        return switch (reply) {
            case StoreAnswer answer -> of(object, answer.told());
            case Reply.NotSent not
            when not.reason().equals("account") ->
                failed(
                        Code.TARGET_IDENTITY,
                        "the connection's path leads to another folder than before",
                        "use another state folder for this environment, or reset the mapping",
                        false);
            case Reply.NotSent not -> unreachable(object, not.reason());
            case Reply.Lost lost -> unreachable(object, lost.reason());
            case Reply.Answer foreign -> unreachable(object, "malformed");
        };
    }

    private static Described of(String object, StoreAnswer.Told told) {
        return switch (told) {
            case Columns columns ->
                new Described.Schema(TargetSchema.keyedFreely(
                        object,
                        columns.columns().stream()
                                .map(column -> FieldFit.field(column.name(), column.type()))
                                .toList(),
                        Kind.TEXT));
            case Refused refused ->
                failed(
                        Code.DESTINATION_REFUSED,
                        object + ": " + refused.message(),
                        "see the connection's path and who may write there",
                        false);
            case StoreAnswer.Told beside -> unreachable(object, "malformed");
        };
    }

    static Described noName(String object) {
        return failed(
                Code.TARGET_OBJECT_UNKNOWN,
                "'" + object + "' is no name of a file that can be written",
                "name a file without folders that ends with .csv, .jsonl, .ndjson or .parquet",
                false);
    }

    private static Described unreachable(String object, String reason) {
        return failed(
                Code.DESTINATION_UNREACHABLE,
                object + " could not be looked at: " + reason,
                "see that the connection's folder is there, and that nothing else holds the file",
                true);
    }

    private static Described failed(Code code, String message, String suggestion, boolean retryable) {
        return new Described.Failed(Problem.of(code, message, suggestion), retryable);
    }
}
