package dev.caravan.sandbox.salesforce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.salesforce.dml.RowError;
import java.util.List;

/** Refusals of whole requests: a JSON array of one error with {@code message} and {@code errorCode}. */
public final class Errors {

    private Errors() {}

    public static Reply reply(int status, String code, String message) {
        ArrayNode errors = Json.array();
        errors.addObject().put("message", message).put("errorCode", code);
        return Reply.json(status, errors);
    }

    /** No such path, object, record or job. */
    public static Reply notFound() {
        return reply(404, "NOT_FOUND", "The requested resource does not exist");
    }

    public static Reply badJson(String message) {
        return reply(400, "JSON_PARSER_ERROR", message);
    }

    /** A row's errors as the answer to a request that was about that row alone. */
    static Reply row(List<RowError> rowErrors) {
        ArrayNode errors = Json.array();
        for (RowError error : rowErrors) {
            ObjectNode json = errors.addObject().put("message", error.message()).put("errorCode", error.code());
            ArrayNode fields = json.putArray("fields");
            error.fields().forEach(fields::add);
            DuplicateRules.tell(json, error);
        }
        boolean gone = rowErrors.getFirst().code().equals("ENTITY_IS_DELETED");
        return Reply.json(gone ? 404 : 400, errors);
    }
}
