package dev.caravan.sandbox.salesforce;

import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.ledger.WriteEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who a request's writes are recorded for. */
public final class Authors {

    private static final Pattern CLIENT = Pattern.compile("(?:^|[,;\\s])client=([^,;]*)");

    private Authors() {}

    /** The integration user, with the name the client gave itself in {@code Sforce-Call-Options}. */
    public static WriteEntry.Author of(Request request) {
        return new WriteEntry.Author(Organisation.INTEGRATION_USER, client(request), request.number(), "");
    }

    private static String client(Request request) {
        Matcher matcher = CLIENT.matcher(request.header("sforce-call-options").orElse(""));
        return matcher.find() ? matcher.group(1).strip() : "";
    }
}
