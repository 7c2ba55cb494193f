package dev.caravan.sandbox.google;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.http.Json;
import dev.caravan.sandbox.http.Reply;
import java.util.List;

/** One error of the Ads API: its kind and word, and the operation it concerns; −1 for the request. */
record AdsError(String kind, String word, String message, int operation, String field) {

    static AdsError request(String kind, String word, String message) {
        return new AdsError(kind, word, message, -1, "");
    }

    /** All of them in the one detail that carries them. */
    static ObjectNode failure(List<AdsError> errors) {
        ObjectNode json =
                Json.object().put("@type", "type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure");
        var list = json.putArray("errors");
        for (AdsError error : errors) {
            ObjectNode each = list.addObject();
            each.putObject("errorCode").put(error.kind(), error.word());
            each.put("message", error.message());
            if (error.word().startsWith("RESOURCE_") && error.kind().equals("quotaError")) {
                each.putObject("details")
                        .putObject("quotaErrorDetails")
                        .put("rateScope", "DEVELOPER")
                        .put("rateName", "Operations")
                        .put("retryDelay", "30s");
            }
            if (error.operation() >= 0) {
                var path = each.putObject("location").putArray("fieldPathElements");
                path.addObject().put("fieldName", "operations").put("index", error.operation());
                path.addObject().put("fieldName", "update");
                if (!error.field().isEmpty()) {
                    path.addObject().put("fieldName", error.field());
                }
            }
        }
        return json.put("requestId", "sb-ads");
    }

    /** The whole request refused for it. */
    Reply reply(int status, String word) {
        return GoogleError.of(status, word, "Request contains an invalid argument.", List.of(failure(List.of(this))));
    }
}
