package dev.caravan.transport.camel.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Stands where a connection is up, through proxy and TLS, and the request's first byte has not left: whatever fails before this has not
 * been sent, and nothing of what fails after it is known.
 */
final class LastMoment extends HttpRequestExecutor {

    /** The name under which a request's context has its call. */
    static final String CALL = Call.class.getName();

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request,
            HttpClientConnection connection,
            HttpResponseInformationCallback informed,
            HttpContext context)
            throws IOException, HttpException {
        if (!(context.getAttribute(CALL) instanceof Call call)) {
            throw new HttpException("a request that no call was opened for");
        }
        if (((WireConnection) connection).hasSpoken()) {
            call.foundSpoilt();
            throw new ConnectionClosedException("something came that nobody had asked for");
        }
        if (!call.mayLeave()) {
            throw new ConnectionClosedException("held back");
        }
        // A proxy that is asked for a way through is told nothing of the request.
        if (!Method.CONNECT.isSame(request.getMethod())) {
            call.begins();
        }
        return super.execute(request, connection, informed, context);
    }
}
