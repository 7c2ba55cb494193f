package dev.caravan.app.api;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * The step {@code api} of {@code routes/admin.camel.yaml}: takes the request out of the exchange, removes every header, so that
 * nothing a client sent can steer Camel, and puts the answer in.
 */
public final class ApiProcessor implements Processor {

    private volatile @Nullable ApiRouter router;

    /** From now on requests are answered by this router; before that, they are told to come back. */
    public void open(ApiRouter answering) {
        router = answering;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String body = message.getBody(String.class);
        ApiRequest request = ApiRequest.of(
                header(message, Exchange.HTTP_METHOD),
                header(message, Exchange.HTTP_PATH),
                header(message, Exchange.HTTP_RAW_QUERY),
                header(message, "Host"),
                header(message, "Authorization"),
                body == null ? "" : body);
        message.removeHeaders("*");
        ApiRouter now = router;
        ApiResponse response =
                now == null ? ApiResponse.refused(503, "the worker is starting", "ask again") : now.answer(request);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, response.status());
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
        message.setBody(response.body().toString());
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null ? "" : value;
    }
}
