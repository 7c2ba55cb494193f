package dev.caravan.sandbox.vendor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.sandbox.fault.Probe.Kind;
import dev.caravan.sandbox.http.Api;
import dev.caravan.sandbox.http.Operation;
import dev.caravan.sandbox.http.Request;
import dev.caravan.sandbox.http.Router;
import java.util.List;
import java.util.Map;

/**
 * An imitated API that is mounted under {@code /<name>}; the requests it gets have that segment taken off. Called from many
 * threads at once. Its traps and limits are on unless {@link #settings} say otherwise.
 */
public interface Vendor extends Api {

    /** One lower-case word: the first path segment, and the first part of what its operations are called. */
    String name();

    /** The name people know, such as {@code HubSpot}. */
    String title();

    /** Its ways in. */
    Router router();

    /** What its requests are called in statistics, the log and faults, and the kind of work each name stands for. */
    default Map<String, Kind> operations() {
        return router().names();
    }

    @Override
    default Operation operation(Request request) {
        return router().operation(request, name() + ".unknown");
    }

    /** Its traps and limits. */
    Settings settings();

    /** Live records by object, empty objects included. */
    Map<String, Integer> counts();

    /** Every live record of an object in the order of creation, as a person would see it; empty for an unknown object. */
    List<ObjectNode> records(String object);

    /** Successful log-ins so far. */
    default long logins() {
        return 0;
    }

    /** Ends all access tokens that were handed out; keys that never end stay good. */
    default void expireTokens() {}

    /** Uses up the day's allowance until a reset; nothing where there is none. */
    default void exhaust() {}

    /** Forgets records, tokens and counts; what was declared (properties, objects, settings) stays. */
    void reset();
}
