package dev.caravan.connector.declared.render;

import dev.caravan.connector.declared.spec.ConnectorSpec;
import dev.caravan.connector.declared.spec.RequestSpec;
import dev.caravan.connector.declared.template.BatchScope;
import dev.caravan.connector.declared.template.Faults;
import dev.caravan.connector.declared.template.Fill;
import dev.caravan.connector.declared.template.Known;
import dev.caravan.transport.Body;
import dev.caravan.transport.HttpRequest;
import dev.caravan.transport.Request.Replay;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Requests out of templates. */
public final class Requests {

    private Requests() {}

    /** A request; not to be sent if a fault was found on the way. What it needs of the log-in is filled in when it is sent. */
    public static HttpRequest of(
            ConnectorSpec spec, RequestSpec request, BatchScope scope, Replay replay, Faults faults) {
        HttpRequest made = filled(spec, request, scope, replay, faults);
        return faults.loginNamed() ? made.whole(login -> under(login, spec, request, scope, replay)) : made;
    }

    /** Where requests go, without what a log-in alone can tell. */
    public static String base(ConnectorSpec spec, Known known) {
        return new Fill(BatchScope.of(known), new Faults()).text(spec.baseUrl()).orElse("");
    }

    private static Optional<HttpRequest> under(
            Map<String, String> login, ConnectorSpec spec, RequestSpec request, BatchScope scope, Replay replay) {
        Faults faults = new Faults();
        HttpRequest made = filled(spec, request, scope.under(login), replay, faults);
        return faults.none() ? Optional.of(made) : Optional.empty();
    }

    private static HttpRequest filled(
            ConnectorSpec spec, RequestSpec request, BatchScope scope, Replay replay, Faults faults) {
        Fill fill = new Fill(scope, faults);
        Map<String, String> headers = new LinkedHashMap<>(fill.headers(spec.headers()));
        headers.putAll(fill.headers(request.headers()));
        Body body = Bodies.of(request.body(), scope, faults);
        return new HttpRequest(
                request.method(),
                fill.path(request.path()) + fill.query(request.query(), request.repeated()),
                headers,
                body,
                Bodies.contentType(request.body(), body),
                replay,
                spec.timeout());
    }
}
