package dev.caravan.connector.declared.describe;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.destination.Described;
import dev.caravan.problem.Code;
import dev.caravan.problem.Problem;

/** Why an object could not be described, in words for the person who wrote the mapping. */
record Troubles(ConnectorSpec spec, String object) {

    Described unknown() {
        return failed(
                Code.TARGET_OBJECT_UNKNOWN,
                spec.title() + " has no object " + object + " that this connection may see",
                "check its name and the connection's rights; caravan connectors list says which objects there are",
                false);
    }

    Described malformed() {
        return failed(
                Code.DESTINATION_ANSWER,
                "the description of " + object + " cannot be read",
                "check that " + spec.title() + " answers at the connection's address",
                true);
    }

    Described unaskable(String reason) {
        return failed(
                Code.DESTINATION_REFUSED,
                "no question can be made about " + object + ": " + reason,
                "check the connection's settings in caravan.yaml",
                false);
    }

    Described refused(String code) {
        return failed(
                Code.DESTINATION_REFUSED,
                spec.title() + " refuses to describe " + object + ": " + code,
                "give the connection rights on the object",
                false);
    }

    Described unreachable(String reason) {
        if (reason.equals("account")) {
            return failed(
                    Code.TARGET_IDENTITY,
                    "another account answers than the connection spoke to before",
                    "use another state folder for this environment, or reset the mapping",
                    false);
        }
        boolean auth = reason.equals("auth") || reason.equals("login");
        return failed(
                auth ? Code.DESTINATION_AUTH : Code.DESTINATION_UNREACHABLE,
                spec.title() + " did not describe " + object + ": " + reason,
                auth ? "check the connection's credentials" : "try again later",
                true);
    }

    private static Described failed(Code code, String message, String suggestion, boolean retryable) {
        return new Described.Failed(Problem.of(code, message, suggestion), retryable);
    }
}
