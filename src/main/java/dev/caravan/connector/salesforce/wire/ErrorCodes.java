package dev.caravan.connector.salesforce.wire;

import dev.caravan.destination.Outcome.ErrorClass;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Salesforce's codes and what they are about. A code that is not listed is {@link ErrorClass#POLICY}: the org refused the row
 * by a rule we do not know, and asking again without a change would be refused again.
 */
public final class ErrorCodes {

    /** The row was undone because of others; it is worth sending again without them. */
    public static final Set<String> ROLLED_BACK = Set.of("ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED");

    /** A removal that meets one of these, be it a deletion or a clear, has nothing left to do. */
    public static final Set<String> GONE = Set.of("ENTITY_IS_DELETED", "NOT_FOUND");

    private static final Pattern NO_PARENT = Pattern.compile("(?s)^Foreign key external ID: .* not found for field ");

    private static final Map<ErrorClass, List<String>> TABLE = table();
    private static final Map<String, ErrorClass> BY_CODE = byCode(TABLE);

    private ErrorCodes() {}

    /** Every listed code by class, in the order of the README's table. */
    public static Map<ErrorClass, List<String>> listed() {
        return TABLE;
    }

    /** What a refusal of one record is about. */
    public static ErrorClass ofRecord(ApiError error) {
        // A bulk row with a value of the wrong type bears the code of an unknown field.
        if (error.code().equals("INVALID_FIELD") && error.message().startsWith("Failed to deserialize")) {
            return ErrorClass.DATA;
        }
        if (noParent(error)) {
            return ErrorClass.DATA;
        }
        // A trigger that met a lock reports it inside its own failure.
        if (error.code().equals("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY")
                && error.message().contains("UNABLE_TO_LOCK_ROW")) {
            return ErrorClass.TRANSIENT;
        }
        return BY_CODE.getOrDefault(error.code(), ErrorClass.POLICY);
    }

    /** Whether a row is refused because the record that it refers to by a key is not there: the code is that of an unknown field. */
    public static boolean noParent(ApiError error) {
        return error.code().equals("INVALID_FIELD")
                && NO_PARENT.matcher(error.message()).find();
    }

    /** What a refusal of a whole request is about: 403, 404 and their like are never one row's fault. */
    public static ErrorClass ofRequest(int status, ApiError error) {
        if (status == 400 && noParent(error)) {
            return ErrorClass.DATA;
        }
        ErrorClass known = BY_CODE.getOrDefault(error.code(), ErrorClass.POLICY);
        return status != 400 && known.stands() ? ErrorClass.CONFIG : known;
    }

    private static Map<ErrorClass, List<String>> table() {
        Map<ErrorClass, List<String>> table = new EnumMap<>(ErrorClass.class);
        table.put(ErrorClass.DATA, words("""
                REQUIRED_FIELD_MISSING STRING_TOO_LONG INVALID_EMAIL_ADDRESS INVALID_TYPE_ON_FIELD_IN_RECORD
                NUMBER_OUTSIDE_VALID_RANGE INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST FIELD_INTEGRITY_EXCEPTION MALFORMED_ID
                INVALID_CROSS_REFERENCE_KEY MISSING_ARGUMENT JSON_PARSER_ERROR NOT_FOUND INVALID_ARGUMENT_TYPE
                INVALID_CROSS_REFERENCE_TYPE_FOR_FIELD INVALID_CURRENCY_ISO INVALID_ID_FIELD INVALID_INPUT
                INVALID_QUERY_FILTER_OPERATOR TEXT_DATA_OUTSIDE_SUPPORTED_CHARSET TOO_MANY_ENUM_VALUE"""));
        table.put(ErrorClass.CONFLICT, words("""
                DUPLICATE_VALUE DUPLICATE_EXTERNAL_ID DUPLICATES_DETECTED ENTITY_IS_DELETED ENTITY_IS_LOCKED
                ENTITY_IS_ARCHIVED CANNOT_UPDATE_CONVERTED_LEAD DELETE_FAILED DEPENDENCY_EXISTS
                ENTITY_FAILED_IFLASTMODIFIED_ON_UPDATE"""));
        table.put(ErrorClass.POLICY, words("""
                FIELD_CUSTOM_VALIDATION_EXCEPTION FIELD_FILTER_VALIDATION_EXCEPTION CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY
                INSUFFICIENT_ACCESS_OR_READONLY INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"""));
        table.put(ErrorClass.CONFIG, words("""
                INVALID_FIELD INVALID_FIELD_FOR_INSERT_UPDATE INVALID_TYPE INVALIDENTITY API_DISABLED_FOR_ORG
                API_CURRENTLY_DISABLED MALFORMED_QUERY METHOD_NOT_ALLOWED INVALID_TYPE_FOR_OPERATION
                INVALID_BATCH_OPERATION INVALID_CONTENT_TYPE BIG_OBJECT_UNSUPPORTED_OPERATION INVALID_READ_ONLY_USER_DML
                ClientInputError FeatureNotEnabled InvalidBatch InvalidJob InvalidUser"""));
        table.put(ErrorClass.TRANSIENT, words("""
                UNABLE_TO_LOCK_ROW TooManyLockFailure SERVER_UNAVAILABLE API_TEMPORARILY_UNAVAILABLE UNKNOWN_EXCEPTION
                Timeout INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE QUERY_TIMEOUT REQUEST_RUNNING_TOO_LONG
                ALREADY_IN_PROCESS RECORD_IN_USE_BY_WORKFLOW TERRITORY_REALIGN_IN_PROGRESS TOO_MANY_APEX_REQUESTS"""));
        table.put(ErrorClass.QUOTA, words("REQUEST_LIMIT_EXCEEDED ExceededQuota STORAGE_LIMIT_EXCEEDED"));
        table.put(ErrorClass.AUTH, words("""
                INVALID_SESSION_ID INVALID_AUTH_HEADER INVALID_LOGIN INVALID_OPERATION_WITH_EXPIRED_PASSWORD
                LOGIN_CHALLENGE_ISSUED LOGIN_CHALLENGE_PENDING LOGIN_MUST_USE_SECURITY_TOKEN InvalidSessionId"""));
        return table;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private static Map<String, ErrorClass> byCode(Map<ErrorClass, List<String>> table) {
        Map<String, ErrorClass> byCode = new HashMap<>();
        table.forEach((errorClass, codes) -> codes.forEach(code -> byCode.put(code, errorClass)));
        return Map.copyOf(byCode);
    }
}
