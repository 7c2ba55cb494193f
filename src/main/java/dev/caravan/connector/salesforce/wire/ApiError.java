package dev.caravan.connector.salesforce.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transport.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One refusal in Salesforce's own words.
 *
 * @param code a status code such as {@code STRING_TOO_LONG}, or a job's such as {@code InvalidBatch}
 * @param message may quote values
 * @param field the first field it names, if it names one
 * @param rivals ids of the records that stand against the row, as far as they are told
 */
public record ApiError(
        String code, String message, @Nullable String field, List<String> rivals) {

    /** More of them are of no use to anybody. */
    private static final int MOST_RIVALS = 20;

    public ApiError {
        rivals = rivals.stream().distinct().limit(MOST_RIVALS).toList();
    }

    /** A refusal that names no other record. */
    public ApiError(String code, String message, @Nullable String field) {
        this(code, message, field, List.of());
    }

    /** What we call an answer that offers several records. */
    public static final String CHOICES = "MULTIPLE_CHOICES";

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{1,79}");

    /** What {@code sf__Error} holds: code, message (which may have colons of its own), fields, two dashes. */
    private static final Pattern RESULT =
            Pattern.compile("(?s)([A-Za-z][A-Za-z0-9_]{1,79}):(.*?)(?::([A-Za-z0-9_., ]*) ?--)?\\s*");

    /** The first error of a refused request: an array of {@code errorCode}, {@code message}, {@code fields}. */
    public static Optional<ApiError> ofRequest(Body body) {
        return JsonBody.read(body).filter(JsonNode::isArray).flatMap(errors -> of(errors.path(0), "errorCode"));
    }

    /** One error of a record in a collections answer. */
    public static Optional<ApiError> ofRecord(JsonNode error) {
        return of(error, "statusCode");
    }

    /** The words of a job's {@code errorMessage}: a code, {@code :} and the rest. */
    public static Optional<ApiError> ofJob(String errorMessage) {
        int colon = errorMessage.indexOf(':');
        String code = (colon < 0 ? errorMessage : errorMessage.substring(0, colon)).strip();
        String rest = colon < 0 ? "" : errorMessage.substring(colon + 1).strip();
        return CODE.matcher(code).matches() ? Optional.of(new ApiError(code, rest, null)) : Optional.empty();
    }

    /** The column {@code sf__Error} of a failed row; empty if it does not start with a code. */
    public static Optional<ApiError> ofResult(String sfError) {
        Matcher matcher = RESULT.matcher(sfError);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String fields = matcher.group(3);
        return Optional.of(new ApiError(matcher.group(1), matcher.group(2), fields == null ? null : first(fields)));
    }

    private static Optional<ApiError> of(JsonNode error, String codeName) {
        String code = error.path(codeName).asText("");
        if (!CODE.matcher(code).matches()) {
            return Optional.empty();
        }
        String field = error.path("fields").path(0).asText("");
        return Optional.of(
                new ApiError(code, error.path("message").asText(""), field.isEmpty() ? null : field, rivals(error)));
    }

    /**
     * Several records have the key that a request names: the answer is a list of their addresses, whose last parts are their ids. Empty
     * if it is something else.
     */
    public static Optional<ApiError> ofChoices(Body body) {
        List<String> ids = new ArrayList<>();
        JsonBody.read(body)
                .filter(JsonNode::isArray)
                .ifPresent(urls -> urls.forEach(url -> {
                    String text = url.asText("");
                    ids.add(text.substring(text.lastIndexOf('/') + 1));
                }));
        return ids.isEmpty() || !ids.stream().allMatch(Api::isId)
                ? Optional.empty()
                : Optional.of(new ApiError(CHOICES, "several records have this key", null, ids));
    }

    /** The words, and the records that stand against the row where they are told, so that a person finds them. */
    public String text() {
        return rivals.isEmpty() || rivals.stream().allMatch(message::contains)
                ? message
                : message + " (records " + String.join(", ", rivals) + ")";
    }

    /** What a duplicate rule has found: of records that the user may not see it tells nothing. */
    private static List<String> rivals(JsonNode error) {
        List<String> ids = new ArrayList<>();
        for (JsonNode result : error.path("duplicateResult").path("matchResults")) {
            for (JsonNode match : result.path("matchRecords")) {
                String id = match.path("record").path("Id").asText("");
                if (Api.isId(id)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static @Nullable String first(String fields) {
        int comma = fields.indexOf(',');
        String field = (comma < 0 ? fields : fields.substring(0, comma)).strip();
        return field.isEmpty() ? null : field;
    }
}
