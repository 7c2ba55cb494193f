package dev.caravan.connector.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.connector.salesforce.wire.JsonBody;
import dev.caravan.transport.HttpAnswer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The organisation behind a log-in: the answer's {@code id} is a URL that ends with organisation and user. */
final class Account {

    private static final Pattern IDENTITY = Pattern.compile(
            ".*/id/(00D[A-Za-z0-9]{12})([A-Za-z0-9]{3})?/(?:(005[A-Za-z0-9]{12})([A-Za-z0-9]{3})?|[A-Za-z0-9]{15,18})/?");

    /** The three characters after an id's fifteen stand for these, five upper-case marks each. */
    private static final String MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private Account() {}

    /** The organisation's id in its form of 18 characters, whichever the answer uses. */
    static Optional<String> of(HttpAnswer login) {
        return identity(login).map(identity -> withMarks(identity.group(1)));
    }

    /** The id of the user whose log-in it was, in the same form. */
    static Optional<String> user(HttpAnswer login) {
        return identity(login)
                .filter(identity -> identity.group(3) != null)
                .map(identity -> withMarks(identity.group(3)));
    }

    private static Optional<Matcher> identity(HttpAnswer login) {
        return JsonBody.read(login.body())
                .map(body -> body.path("id"))
                .map(JsonNode::asText)
                .map(IDENTITY::matcher)
                .filter(Matcher::matches);
    }

    private static String withMarks(String id) {
        StringBuilder marked = new StringBuilder(id);
        for (int block = 0; block < 3; block++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = id.charAt(block * 5 + i);
                bits |= c >= 'A' && c <= 'Z' ? 1 << i : 0;
            }
            marked.append(MARKS.charAt(bits));
        }
        return marked.toString();
    }
}
