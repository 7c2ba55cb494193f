package dev.caravan.connector.declared.spec;

import dev.caravan.connector.declared.template.PathTemplate;
import dev.caravan.connector.declared.template.TextTemplate;
import dev.caravan.transport.HttpRequest;
import java.util.Map;

/**
 * A request.
 *
 * @param path below the base address
 * @param query a parameter whose optional hole finds nothing is left out
 * @param repeated parameters that come once for each row
 * @param headers beside the connector's own
 */
public record RequestSpec(
        HttpRequest.Method method,
        PathTemplate path,
        Map<String, TextTemplate> query,
        Map<String, TextTemplate> repeated,
        Map<String, TextTemplate> headers,
        BodySpec body) {

    public RequestSpec {
        query = Ordered.copy(query);
        repeated = Ordered.copy(repeated);
        headers = Ordered.copy(headers);
    }
}
