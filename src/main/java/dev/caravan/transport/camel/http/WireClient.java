package dev.caravan.transport.camel.http;

import java.net.ProxySelector;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The HTTP client of one connection: sends what it is given, as it is given, once. */
final class WireClient {

    /** A connection at rest for longer is looked at before it is used; a server that closed it is then seen. */
    private static final TimeValue LOOKED_AT = TimeValue.ofMilliseconds(100);

    private static final TimeValue RESTING = TimeValue.ofSeconds(30);

    private static final RequestConfig AS_GIVEN = RequestConfig.custom()
            .setAuthenticationEnabled(false)
            .setRedirectsEnabled(false)
            .setExpectContinueEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .build();

    private WireClient() {}

    /** As many connections as requests at once, and one more, so that a log-in finds one while all of them wait. */
    static PoolingHttpClientConnectionManager connections(HttpSettings settings, TlsSocketStrategy tls) {
        int most = settings.concurrency() + 1;
        ConnectionConfig config = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                .setSocketTimeout(Timeout.of(settings.connectTimeout()))
                .setValidateAfterInactivity(LOOKED_AT)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(tls)
                .setConnectionFactory(socket -> new WireConnection())
                .setDefaultConnectionConfig(config)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
                // The one that has rested longest: a second copy of its last answer has come by then.
                .setConnPoolPolicy(PoolReusePolicy.FIFO)
                .setMaxConnPerRoute(most)
                .setMaxConnTotal(2 * most)
                .build();
    }

    /** The client over these connections, through the proxies that a selector names. */
    static CloseableHttpClient over(PoolingHttpClientConnectionManager connections, ProxySelector proxies) {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(AS_GIVEN)
                .setRequestExecutor(new LastMoment())
                .setRoutePlanner(new SystemDefaultRoutePlanner(proxies))
                .setUserAgent("Caravan")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .evictExpiredConnections()
                .evictIdleConnections(RESTING)
                .build();
    }

    /** The client's ways within a request's own time. */
    static RequestConfig within(Duration time) {
        return RequestConfig.copy(AS_GIVEN)
                .setConnectionRequestTimeout(Timeout.of(time))
                .setResponseTimeout(Timeout.of(time))
                .build();
    }
}
