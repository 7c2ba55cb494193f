package dev.caravan.transport.camel;

import java.time.Duration;
import java.time.InstantSource;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpoint;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.apache.camel.component.salesforce.internal.client.RawClient;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * camel-salesforce for one org. Its own session never gets a token, so that stopping it revokes none; {@link OrgSession} holds the
 * token instead. Jetty's handlers that would log in again, follow a redirect or answer a challenge on their own are taken out,
 * so that one call is one request and every status comes back as it is.
 */
final class OrgComponent extends SalesforceComponent {

    /** The component's default of 4 MiB is less than the results of one staged job. */
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration RESTING = Duration.ofSeconds(30);

    private final SalesforceSettings settings;
    private final InstantSource clock;
    private final OpenCalls calls = new OpenCalls();
    private @Nullable OrgSession session;

    OrgComponent(SalesforceSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        SalesforceLoginConfig config = new SalesforceLoginConfig();
        config.setType(AuthenticationType.CLIENT_CREDENTIALS);
        config.setLoginUrl(settings.loginUrl());
        // Salesforce may be down while we start.
        config.setLazyLogin(true);
        setLoginConfig(config);
        setHttpMaxContentLength(LONGEST_ANSWER);
        setHttpClientConnectionTimeout(CONNECT.toMillis());
        setHttpClientIdleTimeout(RESTING.toMillis());
    }

    OpenCalls calls() {
        return calls;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SalesforceHttpClient client = getHttpClient();
        ProtocolHandlers handlers = client.getProtocolHandlers();
        handlers.clear();
        handlers.put(new ContinueProtocolHandler());
        handlers.put(new ProcessingProtocolHandler());
        client.setFollowRedirects(false);
        // Twice as many as calls, since connections rest in between; one more, so that a log-in finds one while all
        // calls wait.
        int connections = 2 * settings.maxInFlight() + 1;
        client.getHttpClientTransport()
                .setConnectionPoolFactory(destination -> new RestingPool(destination, connections));
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Caravan"));
        session = new OrgSession(getCamelContext(), client, getLoginConfig(), settings, clock);
    }

    @Override
    public SalesforceSession getSession() {
        return orgSession();
    }

    OrgSession orgSession() {
        OrgSession current = session;
        if (current == null) {
            throw new IllegalStateException("the component has not started");
        }
        return current;
    }

    @Override
    public RawClient createRawClientFor(SalesforceEndpoint endpoint) throws SalesforceException {
        return new OrgRawClient(getHttpClient(), orgSession(), getLoginConfig(), calls);
    }
}
