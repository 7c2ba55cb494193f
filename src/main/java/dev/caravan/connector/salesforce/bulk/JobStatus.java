package dev.caravan.connector.salesforce.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.ApiError;
import dev.caravan.connector.salesforce.wire.ErrorCodes;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.destination.Outcome;
import dev.caravan.destination.Outcome.ErrorClass;
import dev.caravan.transport.Body;
import java.util.Optional;

/**
 * Where a job stands.
 *
 * @param processed records tried; -1 if the answer does not say
 * @param failed records refused; -1 if the answer does not say
 */
record JobStatus(String id, State state, long processed, long failed, String errorMessage) {

    /** The states of a job. */
    enum State {
        OPEN("Open"),
        UPLOAD_COMPLETE("UploadComplete"),
        IN_PROGRESS("InProgress"),
        JOB_COMPLETE("JobComplete"),
        FAILED("Failed"),
        ABORTED("Aborted");

        private final String text;

        State(String text) {
            this.text = text;
        }
    }

    /** The status in an answer; empty if it is none. */
    static Optional<JobStatus> read(Body body) {
        return JsonBody.read(body).flatMap(job -> {
            String text = job.path("state").asText("");
            for (State state : State.values()) {
                if (state.text.equals(text)) {
                    return Optional.of(new JobStatus(
                            job.path("id").asText(""),
                            state,
                            count(job.path("numberRecordsProcessed")),
                            count(job.path("numberRecordsFailed")),
                            job.path("errorMessage").asText("")));
                }
            }
            return Optional.empty();
        });
    }

    /** Whether the answer says that no record was touched. */
    boolean untouched() {
        return processed == 0 && failed == 0;
    }

    /** The refusal of the job as a whole, such as a column that the object lacks; empty if rows decide. */
    Optional<Outcome> refused() {
        if (state != State.FAILED || !untouched()) {
            return Optional.empty();
        }
        return ApiError.ofJob(errorMessage)
                .filter(error -> ErrorCodes.ofRecord(error) == ErrorClass.CONFIG)
                .map(error -> new Outcome.Rejected(error.code(), null, error.message(), ErrorClass.CONFIG));
    }

    private static long count(JsonNode number) {
        return number.canConvertToLong() ? number.longValue() : -1;
    }
}
