package dev.caravan.transport.camel;

import java.util.List;
import java.util.Map;
import org.apache.camel.component.salesforce.SalesforceHttpClient;
import org.apache.camel.component.salesforce.SalesforceLoginConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.client.DefaultRawClient;
import org.eclipse.jetty.client.Request;

/** The component's raw client, each of whose requests knows the call it is made for. */
final class OrgRawClient extends DefaultRawClient {

    private static final String CALL = Call.class.getName();

    private final OpenCalls calls;

    OrgRawClient(SalesforceHttpClient client, OrgSession session, SalesforceLoginConfig config, OpenCalls calls)
            throws SalesforceException {
        super(client, "", session, config);
        this.calls = calls;
    }

    /** The only header that the exchange hands on is the call's number; it is replaced by the call's own headers here. */
    @Override
    protected Request getRequest(String method, String url, Map<String, List<String>> headers) {
        Call call = calls.take(headers.getOrDefault(OpenCalls.HEADER, List.of()));
        Request request = super.getRequest(method, url, Map.of());
        call.attach(request);
        return request.attribute(CALL, call);
    }

    @Override
    protected void setAccessToken(Request request) {
        // Not the session's: another log-in may have changed that since this call's account was looked at.
        String token = request.getAttributes().get(CALL) instanceof Call call ? call.token() : session.getAccessToken();
        request.headers(fields -> fields.put("Authorization", "Bearer " + token));
    }

    /** Without the parent's ten seconds for calls under way: who waits for answers has waited before it closes. */
    @Override
    public void doStop() {
        session.removeListener(this);
    }
}
