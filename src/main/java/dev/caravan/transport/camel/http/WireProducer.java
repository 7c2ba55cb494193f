package dev.caravan.transport.camel.http;

import dev.caravan.transport.HttpRequest;
import java.io.IOException;
import java.net.URI;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpProducer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Sends the call that an exchange carries in its body, and reads its answer to the end, on the thread that asked. Nothing of the request is
 * taken from the exchange's headers.
 */
final class WireProducer extends HttpProducer {

    private final CloseableHttpClient client;
    private final Deadlines deadlines;

    WireProducer(HttpEndpoint endpoint, CloseableHttpClient client, Deadlines deadlines) {
        super(endpoint);
        this.client = client;
        this.deadlines = deadlines;
    }

    private static Call call(Exchange exchange) {
        if (exchange.getIn().getBody() instanceof Call call) {
            return call;
        }
        throw new IllegalStateException("an exchange that carries no call");
    }

    /** The path as the connector wrote it: to take it apart as a URI and to write it anew would change it. */
    @Override
    protected HttpUriRequest createMethod(Exchange exchange) {
        Call call = call(exchange);
        HttpRequest asked = call.request();
        URI base = URI.create(call.base());
        HttpUriRequestBase request = new HttpUriRequestBase(asked.method().name(), base);
        request.setPath(joined(base.getRawPath(), asked.path()));
        asked.headers().forEach(request::setHeader);
        if (!asked.contentType().isEmpty()) {
            request.setHeader("Content-Type", asked.contentType());
        }
        if (asked.body().length() > 0 || takesBody(asked.method())) {
            request.setEntity(new ByteArrayEntity(asked.body().bytes(), null));
        }
        request.setConfig(WireClient.within(asked.timeout()));
        return request;
    }

    /** Nothing below the base address is that address as it was written, with a slash at its end or without. */
    private static String joined(String base, String path) {
        boolean itself = path.equals("/") || path.startsWith("/?");
        if (itself && !base.isEmpty()) {
            return base + path.substring(1);
        }
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    private static boolean takesBody(HttpRequest.Method method) {
        return switch (method) {
            case POST, PUT, PATCH -> true;
            case GET, DELETE -> false;
        };
    }

    @Override
    protected HttpHost createHost(HttpUriRequest request) {
        return new HttpHost(request.getScheme(), request.getAuthority());
    }

    @Override
    protected <T> @Nullable T executeMethod(
            Exchange exchange, HttpHost host, HttpUriRequest request, HttpClientResponseHandler<T> handler)
            throws IOException, HttpException {
        Call call = call(exchange);
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(LastMoment.CALL, call);
        Runnable whenLate = () -> {
            call.isLate();
            request.abort();
        };
        Deadlines.Watch watch = deadlines.watch(call.request().timeout(), whenLate);
        try (ClassicHttpResponse response = client.executeOpen(host, request, context)) {
            call.answered(response, request::abort);
        } finally {
            watch.close();
        }
        // Nobody looks at it: the call has the answer.
        return null;
    }
}
