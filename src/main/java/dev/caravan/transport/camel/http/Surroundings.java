package dev.caravan.transport.camel.http;

import java.net.ProxySelector;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** What lies between us and the destination: which proxies, and whose certificates are trusted. */
record Surroundings(ProxySelector proxies, TlsSocketStrategy tls) {

    /** As the Java system properties say ({@code https.proxyHost}, {@code javax.net.ssl.trustStore} and their like). */
    static Surroundings system() {
        return new Surroundings(ProxySelector.getDefault(), DefaultClientTlsStrategy.createSystemDefault());
    }
}
