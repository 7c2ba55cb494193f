package dev.caravan.sandbox.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import dev.caravan.sandbox.hubspot.store.Invalid;
import dev.caravan.sandbox.hubspot.store.Row;
import java.util.List;
import java.util.Optional;

/** What will become of one input of a batch, known before any of them is applied. */
sealed interface Verdict {

    /** It can be applied, to the record found or to a new one. */
    record Fine(Input input, Optional<Row> row) implements Verdict {}

    /** Refused; as one of several errors of a 207 answer, or as the answer to the whole request. */
    sealed interface Refused extends Verdict {
        Input input();

        /** The entry in {@code errors} of a 207 answer, without its context's trace. */
        ObjectNode entry();

        /** The answer when it has no trace id, so that the whole request is refused for it. */
        Reply whole();

        /** Its entry with the trace id that it was sent with. */
        default ObjectNode traced() {
            ObjectNode json = entry();
            if (!input().trace().isEmpty()) {
                json.withObject("/context").putArray("objectWriteTraceId").add(input().trace());
            }
            json.putObject("links");
            return json;
        }
    }

    /** Values that cannot be stored. */
    record BadValues(Input input, List<Invalid> invalid) implements Refused {
        @Override
        public ObjectNode entry() {
            ObjectNode json = error("VALIDATION_ERROR", Failures.message(invalid));
            ArrayNode errors = json.putArray("errors");
            invalid.forEach(each -> errors.add(each.listed()));
            return json;
        }

        @Override
        public Reply whole() {
            return Failures.invalid(invalid);
        }
    }

    /** Another record has the value. */
    record Taken(Input input, String type, String existing) implements Refused {
        @Override
        public ObjectNode entry() {
            ObjectNode json = error("CONFLICT", message());
            json.withObject("/context").putArray("existingId").add(existing);
            return json;
        }

        @Override
        public Reply whole() {
            return Failures.of(409, "CONFLICT", message());
        }

        private String message() {
            return type + " already exists. Existing ID: " + existing;
        }
    }

    /** There is no such record; refuses nobody else even without a trace id. */
    record Missing(Input input) implements Refused {
        @Override
        public ObjectNode entry() {
            ObjectNode json =
                    error("OBJECT_NOT_FOUND", "Could not get object with id " + input.id() + ", it may be deleted");
            json.withObject("/context").putArray("ids").add(input.id());
            return json;
        }

        @Override
        public Reply whole() {
            return Failures.notFound();
        }
    }

    private static ObjectNode error(String category, String message) {
        ObjectNode json =
                Json.object().put("status", "error").put("category", category).put("message", message);
        json.putObject("context");
        return json;
    }
}
