package dev.caravan.transport.camel.http;

import java.net.URI;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

/** camel-http for one connection, with one endpoint over a client that does nothing by itself. */
final class WireComponent extends HttpComponent {

    /** Each call brings its own address; camel-http wants one of the endpoint, too. */
    private static final URI NOWHERE = URI.create("http://nowhere.invalid/");

    private final HttpSettings settings;
    private final Surroundings surroundings;
    private final Deadlines deadlines;

    WireComponent(HttpSettings settings, Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.deadlines = new Deadlines("deadlines-" + settings.connection());
        setAutomaticRetriesDisabled(true);
        setRedirectHandlingDisabled(true);
        setCookieManagementDisabled(true);
        setAuthCachingDisabled(true);
        setSkipControlHeaders(true);
        setSkipRequestHeaders(true);
        setSkipResponseHeaders(true);
        setCopyHeaders(false);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        PoolingHttpClientConnectionManager connections = WireClient.connections(settings, surroundings.tls());
        WireEndpoint endpoint =
                new WireEndpoint(uri, this, connections, WireClient.over(connections, surroundings.proxies()));
        endpoint.setThrowExceptionOnFailure(false);
        return endpoint;
    }

    @Override
    public void doStop() throws Exception {
        super.doStop();
        deadlines.close();
    }

    /** Where the requests of the connection leave; each says itself where it goes. */
    private final class WireEndpoint extends HttpEndpoint {

        private final CloseableHttpClient client;

        WireEndpoint(
                String uri,
                HttpComponent component,
                PoolingHttpClientConnectionManager connections,
                CloseableHttpClient client) {
            super(uri, component, NOWHERE, HttpClientBuilder.create(), connections, null);
            this.client = client;
            setHttpClient(client);
        }

        @Override
        public Producer createProducer() {
            return new WireProducer(this, client, deadlines);
        }
    }
}
