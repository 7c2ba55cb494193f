package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request.Replay;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests out of templates. */
public final class Requests {

    private Requests() {}

    /** A request; not to be sent if a fault was found on the way. */
    public static HttpRequest of(
            ConnectorSpec spec, RequestSpec request, BatchScope scope, Replay replay, Faults faults) {
        Fill fill = new Fill(scope, faults);
        Map<String, String> headers = new LinkedHashMap<>(fill.headers(spec.headers()));
        headers.putAll(fill.headers(request.headers()));
        return new HttpRequest(
                request.method(),
                fill.path(request.path()) + fill.query(request.query()),
                headers,
                Bodies.of(request.body(), scope, faults),
                Bodies.contentType(request.body()),
                replay,
                spec.timeout());
    }
}
